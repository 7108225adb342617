import { monthSpan } from '#governance/evaluate/sentences.ts'
import { type ContactSort, contactSorts, type ListedContact } from '#models/contacts/list-counted-contacts.ts'
import { formatCount, formatDay, formatInstant, formatPoints } from '#models/format-metric.ts'
import { type Cohort, type MetricUnit, metrics } from '#models/metrics.ts'
import { monthsEndingWith } from '#models/reporting-month.ts'
import { contactDetailWords, writeContactDetail } from '../contact-detail-search.ts'
import { type EvidenceFilter, filterPhrase, writeEvidenceFilter } from '../filter/evidence-filter.ts'
import { csatScaleWords } from '../pooled-counts.ts'
import { typeHref } from '../rows-href.ts'
import type { RowsRequest } from './rows-request.ts'

/** The rows behind a number, with the number and its definition. */
export interface RowsView {
  interactionType: string | null
  month: string
  filter: EvidenceFilter
  /** The number and what it counts, as a heading: 35 reviewed contacts with an error. */
  heading: string
  /** Of which number, whose contacts, when. */
  definition: string
  metricLabel: string
  why: string
  total: string
  /** Numerator and denominator of the same number, to switch between. */
  parts: readonly { part: 'numerator' | 'denominator'; label: string; href: string; isCurrent: boolean }[]
  rows: readonly ContactRow[]
  /** By column of the list: where it is sorted by it, and how it is sorted now. */
  sorts: Readonly<Record<ContactSort['column'], { href: string; current: 'ascending' | 'descending' | null }>>
  sortText: string
  /** The whole list as a file. */
  csvHref: string
  page: number
  pageCount: number
  firstRow: number
  lastRow: number
  previousHref: string | null
  nextHref: string | null
}

interface ContactRow {
  source: string
  interactionId: string
  /** Deep link to the ticket, where the source gives a web address. */
  url: string | null
  interactionType: string
  typeHref: string
  startedAt: string
  channel: string
  handledBy: string
  aiVersion: string
  review: string | null
  isError: boolean
  escalated: string | null
  repeat: string | null
  csat: string | null
  tier: string
}

export const rowsPerPage = 50
/** Units whose numerator is a number of contacts, not a sum of something about them. */
const countsContacts: readonly MetricUnit[] = ['share', 'count', 'per_day']

const cohortWords: Readonly<Record<Cohort, string>> = {
  all: 'all contacts',
  ai: 'handled by AI alone',
  ai_assisted: 'AI assisted',
  ai_participated: 'AI took part',
  human: 'handled by people',
}
const handledWords = { ai: 'AI alone', ai_assisted: 'AI assisted', human: 'Human', system: 'System' } as const

interface RowsViewInput {
  request: RowsRequest
  interactionType: string | null
  rows: readonly ListedContact[]
  total: number
  timeZone: string
  /** Path of the page, without search. */
  path: string
}

export function buildRowsView({ request, interactionType, rows, total, timeZone, path }: RowsViewInput): RowsView {
  const { metric, cohort, scale, part, month, windowMonths, filter, detail, days, sort, page } = request
  const definition = metrics[metric]
  // Both sides of a mean or a duration come from the same contacts: the list is theirs, not the sum.
  const what = countsContacts.includes(definition.unit) ? definition[part] : definition.denominator
  const pageCount = Math.max(Math.ceil(total / rowsPerPage), 1)
  const firstRow = (page - 1) * rowsPerPage
  const scaleText = scale === null ? '' : `, scale of ${csatScaleWords[scale]}`
  const filtered = filterPhrase(filter)
  const filterText = filtered === '' ? '' : ` ${filtered}`
  // "Contacts" are all contacts unless told otherwise, and those of a filter are not all.
  const cohortText = cohort === 'all' && (metric === 'volume' || filtered !== '') ? '' : `, ${cohortWords[cohort]}`
  const detailed = contactDetailWords(detail)
  const detailText = detailed === '' ? '' : `, only ${detailed}`
  const hrefOf = (change: { part?: 'numerator' | 'denominator'; page?: number; sort?: ContactSort; path?: string }) => {
    const search = new URLSearchParams({ month, metric, cohort, part: change.part ?? part })
    if (scale !== null) search.set('scale', scale)
    if (windowMonths > 1) search.set('months', String(windowMonths))
    if (days !== undefined) {
      search.set('from', days.from)
      search.set('through', days.through)
    }
    const sorted = change.sort ?? sort
    if (sorted !== undefined) {
      search.set('sort', sorted.column)
      search.set('order', sorted.direction)
    }
    if (change.page !== undefined && change.page > 1) search.set('page', String(change.page))
    writeContactDetail(search, detail)
    return `${change.path ?? path}?${writeEvidenceFilter(search, filter)}`
  }
  const { column, direction } = sort ?? newestFirst
  return {
    interactionType,
    month,
    filter,
    heading: `${formatCount(total)} ${what}`,
    definition: `${definition.label}${interactionType === null ? '' : ` of ${interactionType}`}${filterText}${cohortText}${scaleText}${detailText}, ${spanText(request)}.`,
    metricLabel: definition.label,
    why: definition.why,
    total: formatCount(total),
    parts:
      definition.denominator === 'none'
        ? []
        : (['numerator', 'denominator'] as const).map((one) => ({
            part: one,
            label: one === 'numerator' ? 'Counted' : 'Out of',
            href: hrefOf({ part: one }),
            isCurrent: one === part,
          })),
    sorts: Object.fromEntries(
      contactSorts.map((each) => {
        const isCurrent = each === column
        const next = isCurrent ? (direction === 'asc' ? 'desc' : 'asc') : firstDirection[each]
        const current = isCurrent ? (direction === 'asc' ? 'ascending' : 'descending') : null
        return [each, { href: hrefOf({ sort: { column: each, direction: next } }), current }]
      }),
    ) as RowsView['sorts'],
    sortText: sortTexts[column][direction],
    csvHref: hrefOf({ path: `${path}.csv` }),
    rows: rows.map((row) => contactRow(row, request, timeZone)),
    page,
    pageCount,
    firstRow: total === 0 ? 0 : firstRow + 1,
    lastRow: Math.min(firstRow + rows.length, total),
    previousHref: page > 1 ? hrefOf({ page: Math.min(page - 1, pageCount) }) : null,
    nextHref: page < pageCount ? hrefOf({ page: page + 1 }) : null,
  }
}

const newestFirst: ContactSort = { column: 'started_at', direction: 'desc' }

/** What a first click on a head sorts by: what one looks for comes first. */
const firstDirection: Readonly<Record<ContactSort['column'], ContactSort['direction']>> = {
  started_at: 'desc',
  interaction_type: 'asc',
  channel: 'asc',
  handled_by: 'asc',
  ai_version: 'asc',
  is_error: 'desc',
  is_escalated: 'desc',
  repeat_gap_seconds: 'asc',
  csat_score: 'asc',
}

const sortTexts: Readonly<Record<ContactSort['column'], { asc: string; desc: string }>> = {
  started_at: { asc: 'oldest first', desc: 'newest first' },
  interaction_type: { asc: 'by type, A to Z', desc: 'by type, Z to A' },
  channel: { asc: 'by channel, A to Z', desc: 'by channel, Z to A' },
  handled_by: { asc: 'by who handled it', desc: 'by who handled it, backwards' },
  ai_version: { asc: 'by AI version', desc: 'by AI version, backwards' },
  is_error: { asc: 'without an error first', desc: 'errors first' },
  is_escalated: { asc: 'not escalated first', desc: 'escalated first' },
  repeat_gap_seconds: { asc: 'soonest repeat first', desc: 'latest repeat first' },
  csat_score: { asc: 'lowest CSAT first', desc: 'highest CSAT first' },
}

/** The days or the months of the number. */
function spanText({ month, windowMonths, days }: RowsRequest): string {
  if (days === undefined) return monthSpan(monthsEndingWith(month, windowMonths))
  const [from, through] = [days.from, days.through].map((day) => formatDay(new Date(`${day}T00:00:00Z`), 'UTC'))
  return from === through ? `${from}` : `${from} to ${through}`
}

function contactRow(row: ListedContact, { month, filter }: RowsRequest, timeZone: string): ContactRow {
  return {
    source: row.source,
    interactionId: row.interaction_id,
    url: webAddress(row.url),
    interactionType: row.interaction_type,
    typeHref: typeHref(row.interaction_type, month, filter),
    startedAt: row.is_time_placeholder ? 'no real time' : formatInstant(row.started_at, timeZone),
    channel: row.channel,
    handledBy: handledWords[row.handled_by],
    aiVersion: row.ai_version === 'unknown' ? '–' : row.ai_version,
    review: reviewText(row),
    isError: row.is_error === true,
    escalated: escalationText(row),
    repeat: repeatText(row),
    csat: row.is_csat_answered && row.csat_score !== null ? formatPoints(row.csat_score, 0) : null,
    tier: row.customer_tier,
  }
}

/** Only http and https become links: a source must not smuggle in a script. */
function webAddress(url: string | null): string | null {
  return url !== null && /^https?:\/\//i.test(url) ? url : null
}

function reviewText(row: ListedContact): string | null {
  if (row.is_error === null) return row.is_review_drawn && !row.is_review_completed ? 'drawn, open' : null
  const kind = row.is_error ? ['error', row.severity, row.defect] : ['no error']
  return kind
    .filter((word) => word !== null && word !== undefined)
    .join(', ')
    .replaceAll('_', ' ')
}

function escalationText(row: ListedContact): string | null {
  if (!row.is_escalated) return null
  if (row.is_escalation_expected === null) return 'yes, not known whether expected'
  return row.is_escalation_expected ? 'expected' : 'unexpected'
}

function repeatText(row: ListedContact): string | null {
  if (!row.is_repeat_48h || row.repeat_gap_seconds === null) return null
  const hours = row.repeat_gap_seconds / 3600
  return hours < 1 ? `${Math.round(hours * 60)} min later` : `${formatPoints(hours, 0)} h later`
}
