import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { writeProofPack } from '#app/cli/proof-pack.ts'
import { changeType } from '#governance/registry/change-type.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { castVote } from '#governance/review/cast-vote.ts'
import { propose } from '#governance/review/propose.ts'
import { addPeople, addType, buildLedger, evidenceHashOf, month, openSeptember, password } from '#test/build/ledger.ts'

const interactionType = 'order_status'

async function packOf() {
  const at = await buildLedger()
  const directory = mkdtempSync(join(tmpdir(), 'oversight-pack-'))
  onTestFinished(async () => {
    await at.remove()
    rmSync(directory, { recursive: true, force: true })
  })
  const people = await addPeople(at)
  await addType(at, people, interactionType, 'human_in_the_loop')
  const registered = await findRegisteredType(at.ledger, interactionType)
  if (registered === undefined) throw new Error('not registered')
  await changeType(at.ledger, { ...registered, aiDoes: 'answers <b>alone</b> & fast', by: people.admin.id }, at.clock())
  await recordTypeFacts(
    at.ledger,
    {
      interactionType,
      riskClass: 'limited',
      riskClassReason: 'ordinary support',
      hasLegalEffect: false,
      knowledgeSources: 'help <centre>',
      moneyLimit: '100 EUR',
      by: people.admin.id,
    },
    at.clock(),
  )
  await openSeptember(at, { [interactionType]: 'expand' })
  const tripWires = [{ metric: 'critical_defects' as const, threshold: 0 }]
  const proposal = { month, interactionType, action: 'expand' as const, reason: 'r', tripWires, by: people.rena.id }
  const { proposalId } = await propose(at.ledger, proposal, at.clock())
  for (const by of [people.anna.id, people.boris.id]) {
    const evidenceHash = await evidenceHashOf(at, interactionType)
    const ballot = { proposalId, vote: 'approve' as const, reason: '', evidenceHash, by, password }
    await castVote(at.ledger, ballot, at.clock())
  }
  const target = join(directory, 'pack')
  const input = { directory: target, timeZone: 'Europe/Berlin', now: at.clock().now }
  return { at, target, input, made: await writeProofPack(at.ledger, input) }
}

describe('the proof pack', () => {
  it('holds what a buyer asks for, each file named with its hash', async () => {
    const { target, made } = await packOf()
    const read = (file: string) => JSON.parse(readFileSync(join(target, file), 'utf8'))
    expect(read('responsibilities.json')).toMatchObject([
      { interactionType, level: 'human_on_the_loop', facts: { riskClass: 'limited', moneyLimit: '100 EUR' } },
    ])
    expect(read('escalation.json')).toMatchObject({
      tripWires: [{ interactionType, conditions: ['any critical defect is found in a month'] }],
      stopApprovalWorkingDays: 2,
    })
    expect(read('sampling.json')).toMatchObject({ month, types: [{ interactionType, reviews: 412, errors: 7 }] })
    expect(read('policies.json')).toMatchObject([{ version: 1, changes: [] }])
    expect(read('decisions.json')).toHaveLength(2)
    const changed = read('changes.json').map(({ action }: { action: string }) => action)
    expect(new Set(changed)).toEqual(
      new Set(['type-registered', 'type-changed', 'type-facts-recorded', 'level-changed', 'policy-published']),
    )
    const { files } = read('manifest.json') as { files: { file: string; sha256: string }[] }
    expect(made.fileCount).toBe(files.length + 1)
    for (const { file, sha256 } of files) {
      expect(
        createHash('sha256')
          .update(readFileSync(join(target, file)))
          .digest('hex'),
        file,
      ).toBe(sha256)
    }
  })

  it('reads as one page on which no text becomes markup', async () => {
    const { target } = await packOf()
    const page = readFileSync(join(target, 'index.html'), 'utf8')
    expect(page).toContain('answers &lt;b&gt;alone&lt;/b&gt; &amp; fast')
    expect(page).not.toContain('<b>alone')
    expect(page).toContain('<td>limited: ordinary support</td><td>help &lt;centre&gt;</td><td>100 EUR</td>')
    expect(page).toContain('approved expanding order_status to on-the-loop')
  })

  it('carries the trail, which its verifier checks without us', async () => {
    const { target } = await packOf()
    const trail = join(target, 'audit-trail')
    const said = execFileSync(process.execPath, [join(trail, 'verify.mjs'), trail], { encoding: 'utf8' })
    expect(said).toContain(interactionType)
  })

  it('overwrites nothing', async () => {
    const { at, input } = await packOf()
    await expect(writeProofPack(at.ledger, input)).rejects.toMatchObject({ code: 'conflict' })
    const other = `${input.directory}-other`
    mkdirSync(other)
    writeFileSync(join(other, 'mine'), '')
    await expect(writeProofPack(at.ledger, { ...input, directory: other })).rejects.toThrow(/not empty/)
  })
})
