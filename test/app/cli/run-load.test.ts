import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runDue } from '#app/cli/review-tick.ts'
import { levelAt } from '#governance/levels/level-at.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { propose } from '#governance/review/propose.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { addPeople, addType, buildLedger, password } from '#test/build/ledger.ts'
import { type CliResult, runCli, startCli } from '#test/build/run-cli.ts'

const interactionType = 'order_status'

/** First day of the month so many months ago, UTC. */
function monthAgo(count: number): string {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7)
}

/** Two files with forty reviewed contacts of a month, one of them wrong; with a critical defect when asked for. */
function reviewedContacts(home: string, month: string, change: { isCritical?: boolean; wrongCount?: number } = {}) {
  const { isCritical = false, wrongCount = 1 } = change
  const ids = Array.from({ length: 40 }, (_, index) => ({ id: `${month}-${index}`, day: 14 + (index % 12), index }))
  const contacts = ids.map(({ id, day }) => `desk,${id},${interactionType},chat,${month}-${day}T10:00:00Z,ai,4.2`)
  const reviews = ids.map(({ id, day, index }) => {
    const verdict = index < wrongCount ? 'fail' : 'pass'
    const defect = isCritical && index === 0 ? 'other,critical' : ','
    const updatedAt = new Date(Date.now() - 86_400_000 + wrongCount).toISOString()
    return `desk,${id},${id},r1,human,random,1,${month}-${day}T12:00:00Z,${month}-${day}T13:00:00Z,${verdict},${defect},${updatedAt}`
  })
  const files = {
    interactions: ['source,interaction_id,interaction_type,channel,started_at,handled_by,ai_version', ...contacts],
    qa_reviews: [
      'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,inclusion_probability,sampled_at,reviewed_at,outcome,defect,severity,updated_at',
      ...reviews,
    ],
  }
  return Object.entries(files).map(([name, lines]) => {
    const file = join(home, `${name}.csv`)
    writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  })
}

/** A home in which two approvers let a type run on the loop three months ago, under a trip-wire on critical defects. */
async function homeWithTripWire() {
  const [reviewMonth, decisionMonth] = [monthAgo(3), monthAgo(2)]
  const at = await buildLedger(`${decisionMonth}-12T09:00:00.000Z`)
  onTestFinished(() => at.remove())
  const people = await addPeople(at)
  await addType(at, people, interactionType, 'human_in_the_loop')
  const load = (...files: string[]) => runCli('load', 'canonical', ...files, '--home', at.directory)
  expect(await load(...reviewedContacts(at.directory, reviewMonth))).toMatchObject({ exitCode: 0 })
  const warehouse = await openWarehouse(String(currentSnapshot(join(at.directory, 'warehouse'))?.file), {
    mode: 'read',
  })
  const { opened } = await runDue({ ledger: at.ledger, warehouse: warehouse.db }, at.clock())
  await warehouse.close()
  expect(opened).toBe(reviewMonth)
  return { at, people, load, reviewMonth, decisionMonth }
}

/** Runs the command line, and does something once when its messages say so. */
async function runCliUntil(moment: RegExp, act: () => void, args: readonly string[]): Promise<CliResult> {
  const child = startCli(args)
  let [stdout, stderr] = ['', '']
  let isDone = false
  child.stdout?.on('data', (text) => {
    stdout += text
  })
  child.stderr?.on('data', (text) => {
    stderr += text
    if (isDone || !moment.test(stderr)) return
    isDone = true
    act()
  })
  const exitCode = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { exitCode, stdout, stderr }
}

describe('after a load has published', () => {
  it('trip-wires fire, and the evidence of the open review follows the numbers', async () => {
    const { at, people, load, reviewMonth, decisionMonth } = await homeWithTripWire()
    const changed = await load(...reviewedContacts(at.directory, reviewMonth, { wrongCount: 0 }))
    expect(changed).toMatchObject({ exitCode: 0 })
    expect(changed.stderr).toContain(`The evidence of ${interactionType} for ${reviewMonth} changed`)

    const tripWires = [{ metric: 'critical_defects' as const, threshold: 0 }]
    const { proposalId } = await propose(
      at.ledger,
      { month: reviewMonth, interactionType, action: 'expand', reason: 'wires', by: people.rena.id, tripWires },
      at.clock(),
    )
    const { evidence } = await getReviewType(at.ledger, { month: reviewMonth, interactionType })
    for (const by of [people.anna.id, people.boris.id]) {
      const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash: evidence?.contentHash ?? '' }
      await castVote(at.ledger, { ...ballot, by, password }, at.clock())
    }
    const level = async () => (await levelAt(at.ledger, { interactionType, at: new Date() }))?.level
    expect(await level()).toBe('human_on_the_loop')

    const tripped = await load(...reviewedContacts(at.directory, decisionMonth, { isCritical: true }))
    expect(tripped).toMatchObject({ exitCode: 0 })
    expect(tripped.stderr).toMatch(new RegExp(`${interactionType} was reduced to human_in_the_loop by a trip-wire`))
    expect(await level()).toBe('human_in_the_loop')
  }, 120_000)

  it('a ledger that cannot be written is told, and the load stands', async () => {
    const { at, reviewMonth } = await homeWithTripWire()
    const files = reviewedContacts(at.directory, reviewMonth, { wrongCount: 0 })
    const holder = new Database(join(at.directory, 'ledger.sqlite'))
    const result = await runCliUntil(/building the models/, () => holder.exec('begin immediate'), [
      ...['load', 'canonical', ...files, '--home', at.directory],
    ])
    holder.close()
    expect(result).toMatchObject({ exitCode: 1 })
    expect(result.stdout).toContain('published snapshot 2')
    expect(result.stderr).toMatch(
      /Load \S+ is published as snapshot 2, but trip-wires .+ were not checked: .+review tick/s,
    )
    expect(result.stderr).not.toContain('internal error')
    const [, last] = JSON.parse((await runCli('runs', '--home', at.directory, '--json')).stdout)
    expect(last).toMatchObject({ outcome: 'published', snapshotId: 2 })
    const ticked = await runCli('review', 'tick', '--home', at.directory)
    expect(ticked.stdout).toContain(`The evidence of ${interactionType} for ${reviewMonth} changed.`)
  }, 120_000)
})

describe('before a load', () => {
  it('a ledger that somebody else writes all the time is told as such, and nothing is loaded', async () => {
    const { at, load, reviewMonth } = await homeWithTripWire()
    const holder = new Database(join(at.directory, 'ledger.sqlite'))
    holder.exec('begin immediate')
    const result = await load(...reviewedContacts(at.directory, reviewMonth, { wrongCount: 0 }))
    holder.close()
    expect(result).toMatchObject({ exitCode: 1, stdout: '' })
    expect(result.stderr).toMatch(/oversight: The ledger is being written by another process\. Try again\./)
    expect(currentSnapshot(join(at.directory, 'warehouse'))?.id).toBe(1)
  }, 120_000)
})
