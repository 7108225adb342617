import type { User } from '#governance/accounts/user.ts'
import { listVoteRecords } from '#governance/review/list-vote-records.ts'
import { type FatigueSign, oversightFatigue } from '#governance/review/oversight-fatigue.ts'
import { ledger } from './ledger.server.ts'

/** How carefully the room votes. */
export interface ReviewHabits {
  room: FatigueSign
  /** The person themselves; for auditors everybody who voted. Numbers on people are not for everybody to see. */
  people: { id: string; name: string; sign: FatigueSign }[]
}

const halfYear = 183 * 86_400_000

/** The votes of the last half year, judged for the room and for whom this person may see. */
export async function getReviewHabits(user: User, now: Date): Promise<ReviewHabits> {
  const votes = await listVoteRecords(await ledger(), new Date(now.getTime() - halfYear))
  const names = new Map(votes.map(({ voter }) => [voter.id, voter.name]))
  const seesAll = user.roles.includes('auditor')
  return {
    room: oversightFatigue(votes),
    people: [...names]
      .filter(([id]) => seesAll || id === user.id)
      .map(([id, name]) => ({ id, name, sign: oversightFatigue(votes.filter(({ voter }) => voter.id === id)) }))
      .sort((a, b) => a.name.localeCompare(b.name, 'en')),
  }
}
