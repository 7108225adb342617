import { listUsers } from '#governance/accounts/list-users.ts'
import { listTrainedUntil } from '#governance/accounts/training.ts'
import type { User } from '#governance/accounts/user.ts'
import { ledger } from './ledger.server.ts'

/** An account with the last day of its training; null where none is recorded. */
export type Person = User & { trainedUntil: string | null }

/** Every account, by name. */
export async function listPeople(): Promise<Person[]> {
  const open = await ledger()
  const trained = await listTrainedUntil(open.db)
  return (await listUsers(open)).map((person) => ({ ...person, trainedUntil: trained.get(person.id) ?? null }))
}
