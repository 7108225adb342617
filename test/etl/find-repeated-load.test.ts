import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', 'canonical', name)
const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by,customer_id\n'
const version = (customer: string) =>
  temporaryFiles({ 'interactions.csv': `${header}desk,c1,order_status,chat,2026-01-05T09:00:00Z,ai,${customer}\n` })

describe('the same files again', () => {
  it('are not read again, and every row is accounted for', async () => {
    const home = temporaryFolder()
    const files = [fixture('interactions.csv'), fixture('escalations.csv')]
    const first = await loadFiles(home, 'canonical', files)
    const again = await loadFiles(home, 'canonical', [...files].reverse())
    expect(again.repeatedLoadId).toBe(first.loadId)
    expect(again.entities.interactions).toMatchObject({ read: 4, loaded: 0, unchanged: 4 })
    const third = await loadFiles(home, 'canonical', files)
    expect(third.repeatedLoadId).toBe(again.loadId)
  })

  it('are read again once another load has changed a row, so that the later load wins', async () => {
    const home = temporaryFolder()
    const [one, two] = [version('first'), version('second')]
    await loadFiles(home, 'canonical', one)
    await loadFiles(home, 'canonical', two)
    const again = await loadFiles(home, 'canonical', one)
    expect(again).toMatchObject({ repeatedLoadId: null, entities: { interactions: { loaded: 1 } } })
    expect(await rowsOf(home, 'SELECT customer_id FROM interactions')).toEqual([['first']])
  })

  it('are read again when they refused rows, or are only some of the files', async () => {
    const home = temporaryFolder()
    const broken = temporaryFiles({ 'interactions.csv': `${header}desk,c1,x,pigeon,2026-01-05T09:00:00Z,ai,\n` })
    for (let round = 0; round < 2; round += 1) {
      const report = await loadFiles(home, 'canonical', broken, { maximumRejectShare: 1 })
      expect(report).toMatchObject({ repeatedLoadId: null, entities: { interactions: { quarantined: 1 } } })
    }
    const other = temporaryFolder()
    await loadFiles(other, 'canonical', [fixture('interactions.csv'), fixture('escalations.csv')])
    expect((await loadFiles(other, 'canonical', [fixture('interactions.csv')])).repeatedLoadId).toBeNull()
  })
})
