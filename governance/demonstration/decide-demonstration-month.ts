import { listUsers } from '../accounts/list-users.ts'
import type { Recommendation } from '../evaluate/evaluation.ts'
import type { Clock } from '../ledger/clock.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { listDrawnCases } from '../review/cases-to-open.ts'
import { castVote } from '../review/cast-vote.ts'
import { closeReview } from '../review/close-review.ts'
import { getReview } from '../review/find-review.ts'
import { getReviewType, type ReviewType } from '../review/get-review-type.ts'
import { propose } from '../review/propose.ts'
import { recordCaseOpened, recordTypeOpened } from '../review/record-opening.ts'
import { type DemonstrationEmail, demonstrationPassword } from './demonstration-accounts.ts'

/** What the scripted people do with a type, from its frozen evidence. */
export type DemonstrationChoice = (type: ReviewType) => Recommendation

const approvers = ['approver-a@demo.invalid', 'approver-b@demo.invalid', 'approver-c@demo.invalid'] as const

const reasons: Readonly<Record<Recommendation, string>> = {
  keep: 'One more month at this level before anything changes',
  expand: 'The room agrees with the numbers',
  reduce: 'The numbers speak for less',
}

/**
 * Lets the scripted people of a demonstration decide every type of an open review and close it, through the use cases
 * that people use: the reviewer proposes, approvers open the type and the failed contacts drawn for them, then sign.
 * Approvers take turns; nobody approves what they own. From `from` on, minutes pass between the types.
 */
export async function decideDemonstrationMonth(
  ledger: Ledger,
  input: { month: string; from: Date; newId: () => string; choose: DemonstrationChoice },
): Promise<void> {
  const { month, newId } = input
  const idOf = new Map((await listUsers(ledger)).map(({ email, id }) => [email, id]))
  const user = (email: DemonstrationEmail) => idOf.get(email) ?? email
  let minutes = 0
  const clock = (): Clock => ({ now: new Date(input.from.getTime() + minutes * 60_000), newId })
  const review = await getReview(ledger, month)
  for (const [index, { interactionType, decision }] of review.types.entries()) {
    if (decision !== null) continue
    const type = await getReviewType(ledger, { month, interactionType })
    const action = input.choose(type)
    const proposed = await propose(
      ledger,
      {
        month,
        interactionType,
        action,
        reason: action === type.evidence?.evaluation.recommendation ? '' : reasons[action],
        by: user('reviewer@demo.invalid'),
      },
      clock(),
    )
    const others = approvers.map(user).filter((id) => id !== type.registration?.ownerId)
    const turn = [...others.slice(index % others.length), ...others.slice(0, index % others.length)]
    for (const by of turn.slice(0, proposed.requiredApprovals)) {
      minutes += 2
      await lookAndSign(ledger, { type, proposalId: proposed.proposalId, by, minutes: 2 + (index % 4) }, clock)
      minutes += 2 + (index % 4)
    }
  }
  await closeReview(ledger, { month, by: user('approver-a@demo.invalid') }, clock())
}

async function lookAndSign(
  ledger: Ledger,
  ballot: { type: ReviewType; proposalId: string; by: string; minutes: number },
  clock: () => Clock,
): Promise<void> {
  const { type, proposalId, by } = ballot
  const { month, interactionType, evidence } = type
  if (evidence === null) return
  await recordTypeOpened(ledger, { month, interactionType, by }, clock())
  for (const { caseKey } of await listDrawnCases(ledger.db, evidence, by)) {
    await recordCaseOpened(ledger, { month, interactionType, by, caseKey }, clock())
  }
  const { now, newId } = clock()
  const signedAt = { now: new Date(now.getTime() + ballot.minutes * 60_000), newId }
  const vote = { proposalId, vote: 'approve' as const, reason: '', evidenceHash: evidence.contentHash }
  await castVote(ledger, { ...vote, by, password: demonstrationPassword }, signedAt)
}
