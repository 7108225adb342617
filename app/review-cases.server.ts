import type { User } from '#governance/accounts/user.ts'
import { caseAgainst } from '#governance/evaluate/case-against.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { type DrawnCase, listDrawnCases } from '#governance/review/cases-to-open.ts'
import { caseKey } from '#governance/review/failing-cases.ts'
import type { Proposal, ReviewType } from '#governance/review/get-review-type.ts'
import { type FailingContact, listFailingContacts } from '#models/contacts/list-failing-contacts.ts'
import { addMonths, parseMonth } from '#models/reporting-month.ts'
import { ledger } from './ledger.server.ts'
import { findWarehouse } from './warehouse.server.ts'

/** What stands between a voter and the signature. */
export interface ReviewCases {
  /** Drawn for this person, with the contact once it was opened; null where the data no longer holds it. */
  drawn: (DrawnCase & { contact: FailingContact | null })[]
  /** How many contacts of the window failed, when the evidence was frozen. */
  failedCount: number
  /** Of these, the vote waits for so many. */
  unopenedCount: number
  /** The evidence most against what is proposed. */
  against: { sentence: string; worst: FailingContact | null } | null
}

const severities = ['critical', 'major', 'minor']

/** The failed contacts drawn for a person, and the case against the proposal. */
export async function getReviewCases(
  { evidence, month, interactionType }: ReviewType,
  proposal: Proposal,
  policy: Policy,
  user: User,
): Promise<ReviewCases> {
  if (evidence === null) return { drawn: [], failedCount: 0, unopenedCount: 0, against: null }
  const drawn = await listDrawnCases((await ledger()).db, evidence, user.id)
  const warehouse = await findWarehouse()
  const through = parseMonth(month)
  const failing =
    warehouse === undefined
      ? []
      : await listFailingContacts(warehouse.db, {
          from: addMonths(through, 1 - policy.windowMonths),
          through,
          interactionType,
        })
  const contactOf = new Map(failing.map((contact) => [caseKey(contact), contact]))
  const against = caseAgainst(proposal.action, evidence.evaluation)
  const worst = proposal.action === 'expand' ? failing.toSorted(bySeverity)[0] : undefined
  return {
    drawn: drawn.map((each) => ({
      ...each,
      // What was not opened is not sent either.
      contact: each.openedAt === null ? null : (contactOf.get(each.caseKey) ?? null),
    })),
    failedCount: evidence.failingCases.length,
    unopenedCount: proposal.action === 'reduce' ? 0 : drawn.filter(({ openedAt }) => openedAt === null).length,
    against: against === null ? null : { sentence: against.sentence, worst: worst ?? null },
  }
}

function bySeverity(a: FailingContact, b: FailingContact): number {
  const rank = ({ severity }: FailingContact) => {
    const at = severities.indexOf(severity ?? '')
    return at === -1 ? severities.length : at
  }
  return rank(a) - rank(b) || (a.qaScore ?? 100) - (b.qaScore ?? 100) || a.startedAt.getTime() - b.startedAt.getTime()
}
