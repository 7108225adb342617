import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { runDue } from '#app/cli/review-tick.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { listSnapshots } from '#models/warehouse/prune-snapshots.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { addPeople, addType, buildLedger } from '#test/build/ledger.ts'
import { runCli } from '#test/build/run-cli.ts'

const interactionType = 'order_status'

/** A home with five snapshots, of which the evidence of one month, frozen soon after it, cites the first. */
async function homeWithEvidence(month: string): Promise<string> {
  const [year = 0, number = 0] = month.split('-').map(Number)
  const at = await buildLedger(new Date(Date.UTC(year, number, 20)).toISOString())
  onTestFinished(() => at.remove())
  await addType(at, await addPeople(at), interactionType, 'human_in_the_loop')
  for (let count = 1; count <= 5; count += 1) {
    const file = join(at.directory, 'interactions.csv')
    // The same row each time: the numbers stay, and with them the evidence.
    const row = `desk,c1,${interactionType},chat,${month}-05T09:00:00Z,ai`
    writeFileSync(file, `source,interaction_id,interaction_type,channel,started_at,handled_by\n${row}\n`)
    expect(await runCli('load', 'canonical', file, '--home', at.directory)).toMatchObject({ exitCode: 0 })
    if (count > 1) continue
    const served = currentSnapshot(join(at.directory, 'warehouse'))
    const warehouse = await openWarehouse(String(served?.file), { mode: 'read' })
    expect(await runDue({ ledger: at.ledger, warehouse: warehouse.db }, at.clock())).toMatchObject({ opened: month })
    await warehouse.close()
  }
  return at.directory
}

const monthAgo = (count: number) => {
  const now = new Date()
  return new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - count, 1)).toISOString().slice(0, 7)
}
const prune = async (home: string, keep: number) =>
  JSON.parse((await runCli('snapshots', 'prune', '--keep', String(keep), '--home', home, '--json')).stdout)
const kept = (home: string) => listSnapshots(join(home, 'warehouse')).map(({ id }) => id)

describe('snapshots prune', () => {
  it('keeps the served one, the newest, and what evidence of the last 24 months cites; a second time nothing', async () => {
    const home = await homeWithEvidence(monthAgo(3))
    const listed = JSON.parse((await runCli('snapshots', 'list', '--home', home, '--json')).stdout)
    expect(listed.filter(({ isCited }: { isCited: boolean }) => isCited)).toMatchObject([{ id: 1, isServed: false }])
    expect(await prune(home, 2)).toMatchObject({ removed: [2, 3] })
    expect(kept(home)).toEqual([1, 4, 5])
    expect(await prune(home, 2)).toMatchObject({ removed: [], bytes: 0 })
  }, 60_000)

  it('lets go of what only older evidence cites', async () => {
    const home = await homeWithEvidence(monthAgo(40))
    expect(await prune(home, 1)).toMatchObject({ removed: [1, 2, 3, 4] })
    expect(kept(home)).toEqual([5])
    expect((await runCli('load', 'canonical', join(home, 'interactions.csv'), '--home', home)).exitCode).toBe(0)
    expect(kept(home)).toEqual([5, 6])
  }, 60_000)

  it('refuses to keep none', async () => {
    expect(await runCli('snapshots', 'prune', '--keep', '0')).toMatchObject({ exitCode: 2 })
  })
})
