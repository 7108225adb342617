import { OversightError } from '#models/oversight-error.ts'
import { createUser } from '../accounts/create-user.ts'
import { listUsers } from '../accounts/list-users.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { systemActor } from '../ledger/system-actor.ts'
import { recordBaseline } from '../registry/record-baseline.ts'
import { recordTypeFacts } from '../registry/record-type-facts.ts'
import { registerType } from '../registry/register-type.ts'
import { demonstrationAccounts, demonstrationPassword } from './demonstration-accounts.ts'
import { demonstrationTypes } from './demonstration-types.ts'

const day = 24 * 3600 * 1000

/** When the demonstration ledger begins: two weeks before the data, so that levels are in force from its first day. */
export function demonstrationBegins(dataFrom: Date): Date {
  return new Date(dataFrom.getTime() - 14 * day)
}

/**
 * Fills the ledger of a demonstration home through the same use cases that people use: accounts, registry, signed
 * baselines. Done in the days before the data begins. Throws forbidden unless the home is a demonstration, conflict
 * when the ledger is in use.
 */
export async function seedDemonstration(
  ledger: Ledger,
  input: { isDemonstration: boolean; dataFrom: Date; newId: () => string },
): Promise<void> {
  if (!input.isDemonstration) {
    throw new OversightError('forbidden', 'Demonstration accounts are made only in a home of demonstration data.')
  }
  if ((await listUsers(ledger)).length > 0) {
    throw new OversightError('conflict', 'This ledger has people already, so it is left alone.')
  }
  const begins = demonstrationBegins(input.dataFrom).getTime()
  const clock = (days: number, minutes = 0): Clock => ({
    now: new Date(begins + days * day + minutes * 60_000),
    newId: input.newId,
  })

  const users = new Map<string, string>()
  for (const { email, name, roles } of demonstrationAccounts) {
    const user = await createUser(
      ledger,
      { email, name, roles: [...roles], password: demonstrationPassword, isDemonstration: true, by: systemActor.id },
      clock(1, users.size),
    )
    users.set(email, user.id)
  }
  const userId = (email: string): string => {
    const id = users.get(email)
    if (id === undefined) throw new OversightError('internal', `The demonstration has no account ${email}.`)
    return id
  }

  for (const [index, { owner, baseline, facts, ...type }] of demonstrationTypes.entries()) {
    await registerType(
      ledger,
      { ...type, ownerId: userId(owner), isDisclosureAttested: true, by: userId('admin@demo.invalid') },
      clock(2, index),
    )
    await recordTypeFacts(
      ledger,
      { ...facts, interactionType: type.interactionType, by: userId('admin@demo.invalid') },
      clock(2, index),
    )
  }
  for (const [index, { interactionType, baseline }] of demonstrationTypes.entries()) {
    await recordBaseline(
      ledger,
      {
        interactionType,
        level: baseline,
        reason: 'How it was done when the registry was set up',
        by: userId('approver-a@demo.invalid'),
        password: demonstrationPassword,
      },
      clock(7, index),
    )
  }
}
