import type { User } from '#governance/accounts/user.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { listReviews } from '#governance/review/find-review.ts'
import { formatMonth } from '#models/format-metric.ts'
import { listTypes } from '#models/monthly/list-types.ts'
import type { Month } from '#models/reporting-month.ts'
import { tokenMakers, trailReaders } from './access.server.ts'
import { typeHref } from './evidence/rows-href.ts'
import { ledger } from './ledger.server.ts'
import { navigationGroups } from './navigation-groups.ts'
import { reportingMonths } from './reporting-months.server.ts'
import { reviewHref } from './review-room.ts'
import type { Destination } from './search/destination.ts'
import { findWarehouse } from './warehouse.server.ts'

/** Everywhere a person may go at once: pages, types at the month, reviews and months, the newest first. */
export async function listDestinations(user: User, month: Month | undefined): Promise<Destination[]> {
  const open = await ledger()
  const warehouse = await findWarehouse()
  const seen = warehouse === undefined ? [] : await listTypes(warehouse.db)
  const registered = (await listRegisteredTypes(open)).map(({ interactionType }) => interactionType)
  const types = [...new Set([...seen, ...registered])].sort()
  return [
    ...pages(user, month),
    ...types.map((type) => destination('type', type, 'Interaction type', typeHref(type, month))),
    ...(await listReviews(open)).map((review) =>
      destination(
        'review',
        `Review of ${formatMonth(review.month)}`,
        `${review.month}, ${review.state === 'closed' ? 'closed' : `${review.decidedCount} of ${review.typeCount} decided`}`,
        reviewHref(review.month),
      ),
    ),
    ...[...(await reportingMonths())].reverse().map(({ month: each, isFinal }) => ({
      ...destination('month', formatMonth(each), `${each}${isFinal ? '' : ', provisional'}`, `/overview?month=${each}`),
      month: each,
    })),
  ]
}

function pages({ roles }: User, month: Month | undefined): Destination[] {
  const holds = (wanted: readonly string[]): boolean => roles.some((role) => wanted.includes(role))
  const page = (name: string, href: string, note: string): Destination => destination('page', name, note, href)
  return [
    ...navigationGroups({ roles, maySeeTrail: holds(trailReaders), month }).flatMap(({ title, entries }) =>
      entries.map(({ text, to }) => page(text, to, title)),
    ),
    ...(month === undefined
      ? []
      : [page(`Board pack of ${formatMonth(month)}`, `/board-pack/${month}`, 'Print or PDF')]),
    ...(holds(['approver', 'reviewer']) ? [page('New policy draft', '/policy/drafts/new', 'Governance')] : []),
    page('Quarantine', '/data/quarantine', 'Refused rows'),
    page('Restatements', '/data/restatements', 'Numbers that changed later'),
    page('Dictionary', '/data/dictionary', 'Metrics and their SQL'),
    page('API', '/api', 'For programs'),
    page('Account', '/account', 'Your roles and sessions'),
    page('Password', '/account/password', 'Your account'),
    ...(holds(tokenMakers) ? [page('Tokens', '/account/tokens', 'For programs')] : []),
  ]
}

function destination(kind: Destination['kind'], name: string, note: string, href: string): Destination {
  return { kind, name, note, href, month: null }
}
