import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { authenticate } from '#governance/accounts/authenticate.ts'
import { listUsers } from '#governance/accounts/list-users.ts'
import { demonstrationAccounts, demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { demonstrationTypes } from '#governance/demonstration/demonstration-types.ts'
import { demonstrationBegins, seedDemonstration } from '#governance/demonstration/seed-demonstration.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { type Ledger, openLedger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'

const dataFrom = new Date('2025-04-01T00:00:00Z')
let directory: string
let ledger: Ledger

beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-seed-'))
  const { newId } = systemClock()
  ledger = await openLedger(join(directory, 'ledger.sqlite'), { clock: { now: demonstrationBegins(dataFrom), newId } })
})

afterEach(async () => {
  await ledger.close()
  rmSync(directory, { recursive: true, force: true })
})

const seed = () => seedDemonstration(ledger, { isDemonstration: true, dataFrom, newId: systemClock().newId })

describe('seeding a demonstration ledger', () => {
  it('makes the accounts, the registry and a signed level for each type before the data begins', async () => {
    await seed()
    expect((await listUsers(ledger)).map(({ email }) => email).sort()).toEqual(
      demonstrationAccounts.map(({ email }) => email).sort(),
    )
    expect(await listRegisteredTypes(ledger)).toHaveLength(demonstrationTypes.length)
    const levels = await listLevelsInForce(ledger)
    expect(levels).toHaveLength(14)
    for (const level of levels) {
      expect(level.effective_from < dataFrom && level.effective_to === null).toBe(true)
      const type = demonstrationTypes.find(({ interactionType }) => interactionType === level.interaction_type)
      expect(level.oversight_level).toBe(type?.baseline)
    }
  })

  it('makes accounts that sign in here and nowhere else', async () => {
    await seed()
    const credentials = { email: 'approver-a@demo.invalid', password: demonstrationPassword }
    const user = await authenticate(ledger, { ...credentials, allowDemonstration: true }, systemClock())
    expect(user.roles).toEqual(['approver'])
    await expect(
      authenticate(ledger, { ...credentials, allowDemonstration: false }, systemClock()),
    ).rejects.toMatchObject({ code: 'unauthenticated' })
  })

  it('refuses a home that is no demonstration, and a ledger in use', async () => {
    await expect(
      seedDemonstration(ledger, { isDemonstration: false, dataFrom, newId: systemClock().newId }),
    ).rejects.toMatchObject({ code: 'forbidden' })
    await seed()
    await expect(seed()).rejects.toMatchObject({ code: 'conflict' })
  })
})
