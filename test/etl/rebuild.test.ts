import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { rebuild } from '#etl/rebuild.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot, publishSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles, rowsOf, temporaryFolder } from '#test/build/load-files.ts'

const fixture = join(import.meta.dirname, 'fixtures', 'canonical', 'interactions.csv')
const options = (home: string) => ({
  warehouseDirectory: join(home, 'warehouse'),
  reportingTimeZone: 'UTC',
  levelsInForce: [],
  now: new Date('2026-10-15T12:00:00Z'),
})

describe('building the models again', () => {
  it('takes over a level that came into force since the load', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture])
    expect(await rowsOf(home, "SELECT is_automation_creep FROM contacts WHERE interaction_id = 'c1'")).toEqual([
      [false],
    ])
    const snapshot = await rebuild({
      ...options(home),
      levelsInForce: [
        {
          interaction_type: 'order_status',
          oversight_level: 'human_as_the_loop',
          effective_from: new Date('2026-01-01T00:00:00Z'),
          effective_to: null,
        },
      ],
    })
    expect(snapshot.id).toBe(2)
    expect(await rowsOf(home, "SELECT is_automation_creep FROM contacts WHERE interaction_id = 'c1'")).toEqual([[true]])
  })

  it('publishes nothing when an audit fails, and says which', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture])
    // A warehouse in which something else than a load has doubled the rows.
    const building = await startSnapshot(join(home, 'warehouse'))
    const warehouse = await openWarehouse(building.file, { mode: 'write' })
    await warehouse.connection().run('INSERT INTO interactions FROM interactions')
    const broken = await publishSnapshot(building, warehouse)
    await expect(rebuild(options(home))).rejects.toMatchObject({
      code: 'load_refused',
      message: expect.stringMatching(
        /natural_key: interactions holds the same \(source, interaction_id\) more than once/,
      ),
    })
    expect(currentSnapshot(join(home, 'warehouse'))).toEqual(broken)
  })

  it('says that there is nothing to build from before the first load', async () => {
    await expect(rebuild(options(temporaryFolder()))).rejects.toMatchObject({ code: 'not_found' })
  })
})
