import { describe, expect, it, onTestFinished } from 'vitest'
import { ledger } from '#app/ledger.server.ts'
import { readMonthEvidence } from '#app/month-evidence.server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { buildModels } from '#models/build-models.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { createSchema } from '#models/warehouse/create-schema.ts'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { publishSnapshot, startSnapshot } from '#models/warehouse/snapshots.ts'
import { password } from '#test/build/ledger.ts'
import { buildWeb, type TestWeb } from '#test/build/web.ts'

const month = parseMonth('2026-09')
const now = new Date('2026-10-12T09:00:00Z')

function web(): TestWeb {
  const built = buildWeb()
  onTestFinished(() => built.remove())
  return built
}

/** Publishes a snapshot in which one type had so many contacts in the month. */
async function publish({ runtime }: TestWeb, contacts: number): Promise<void> {
  const building = await startSnapshot(runtime.home.warehouseDirectory)
  const warehouse = await openWarehouse(building.file, { mode: 'write' })
  await createSchema(warehouse)
  await warehouse.db.deleteFrom('interactions').execute()
  await warehouse.connection().run(`insert into interactions by name select 'desk' as source,
    'c' || n as interaction_id, 'refund_request' as interaction_type, 'chat' as channel, 'ai' as handled_by,
    timestamptz '2026-09-10' as started_at, 'load' as load_id, 'contacts.csv' as source_file, n as source_row,
    timestamptz '2026-10-01' as loaded_at from range(${contacts}) t(n)`)
  await buildModels(warehouse, { reportingTimeZone: 'UTC', now })
  await publishSnapshot(building, warehouse)
}

/** What a request reads now. */
const read = (at: TestWeb) => at.request(() => readMonthEvidence(month, now))

describe('the evidence that pages read', () => {
  it('shows what people decide with the next request, though the numbers of a snapshot are read once', async () => {
    const at = web()
    await publish(at, 40)
    const before = await read(at)
    expect(before.registered).toEqual([])
    await at.request(async () => {
      const governance = await ledger()
      const person = { email: 'owner@example.com', name: 'Owner', roles: ['viewer' as const], password }
      const owner = await createUser(governance, { ...person, by: 'system' }, systemClock())
      const facts = { area: 'Refunds', riskTier: 'medium', ceiling: 'human_in_the_loop' } as const
      const duties = { aiDoes: 'drafts', humansDo: 'approve', requiredControls: 'limits', isDisclosureAttested: true }
      await registerType(
        governance,
        { interactionType: 'refund_request', ownerId: owner.id, ...facts, ...duties, by: 'system' },
        systemClock(),
      )
    })
    const after = await read(at)
    expect(after.registered.map(({ interactionType }) => interactionType)).toEqual(['refund_request'])
    expect(after.standings.map(({ interactionType }) => interactionType)).toEqual(['refund_request'])
    expect(after.points).toBe(before.points)
  })

  it('shows the numbers of a newly published snapshot with the next request', async () => {
    const at = web()
    await publish(at, 40)
    const contacts = async () => {
      const [history] = (await read(at)).histories
      return history?.months[0]?.points.find(({ metric, cohort }) => metric === 'volume' && cohort === 'all')?.numerator
    }
    expect(await contacts()).toBe(40)
    await publish(at, 55)
    expect(await contacts()).toBe(55)
  })

  it('says which months are loaded when asked for another', async () => {
    const at = web()
    await publish(at, 40)
    await expect(at.request(() => readMonthEvidence(parseMonth('2020-01'), now))).rejects.toMatchObject({
      code: 'not_found',
      message: expect.stringContaining('September 2026'),
    })
  })
})
