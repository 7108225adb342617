import { z } from 'zod'
import type { ContactDetail } from '#models/contacts/contact-detail.ts'
import { type ContactSort, contactSorts } from '#models/contacts/list-counted-contacts.ts'
import { type Cohort, type CsatScale, type MetricId, metricIds, metrics } from '#models/metrics.ts'
import { OversightError } from '#models/oversight-error.ts'
import { completeThrough, type Month, parseMonth } from '#models/reporting-month.ts'
import { parseContactDetail } from '../contact-detail-search.ts'
import { type EvidenceFilter, parseEvidenceFilter } from '../filter/evidence-filter.ts'
import { wrongAddress } from '../wrong-address.ts'

/** Which rows are asked for: everything is in the address, so a list can be sent to somebody. */
export interface RowsRequest {
  month: Month
  windowMonths: number
  metric: MetricId
  cohort: Cohort
  scale: CsatScale | null
  part: 'numerator' | 'denominator'
  filter: EvidenceFilter
  detail: ContactDetail
  /** Days instead of months, both included: the list of a daily or weekly number. */
  days: { from: string; through: string } | undefined
  /** undefined: newest first. */
  sort: ContactSort | undefined
  page: number
}

const cohorts = ['all', 'ai', 'ai_assisted', 'ai_participated', 'human'] as const
const scales = ['binary', 'three_point', 'five_point'] as const

const day = z.string().refine((text) => text.length === 10 && completeThrough(text, 'UTC') !== null)

const schema = z.object({
  metric: z.enum(metricIds as [MetricId, ...MetricId[]]).default('volume'),
  cohort: z.enum(cohorts).default('all'),
  scale: z.enum(scales).optional(),
  part: z.enum(['numerator', 'denominator']).default('numerator'),
  months: z.coerce.number().int().min(1).max(24).default(1),
  from: day.optional(),
  through: day.optional(),
  sort: z.enum(contactSorts).optional(),
  order: z.enum(['asc', 'desc']).default('asc'),
  page: z.coerce.number().int().min(1).max(1_000_000).default(1),
})

const rules = {
  months: 'a whole number from 1 to 24',
  from: 'a day such as 2026-09-30',
  through: 'a day such as 2026-09-30',
  page: 'a whole number from 1 on',
}

/** Reads the address. Throws bad_input naming what cannot be used. */
export function parseRowsRequest(search: URLSearchParams, month: Month): RowsRequest {
  const parsed = schema.safeParse(Object.fromEntries([...search].filter(([, value]) => value !== '')))
  if (!parsed.success) {
    throw wrongAddress('This list cannot be made', parsed.error, search, rules)
  }
  const { metric, cohort, scale, part, months, from, through, sort, order, page } = parsed.data
  if (part === 'denominator' && metrics[metric].denominator === 'none') {
    throw new OversightError('bad_input', `${metrics[metric].label} is a plain count: it has no denominator to list.`)
  }
  if (from !== undefined && through !== undefined && from > through) {
    throw new OversightError('bad_input', `This list cannot be made: ${from} is after ${through}.`)
  }
  const filter = parseEvidenceFilter(search)
  const detail = parseContactDetail(search)
  return {
    month: parseMonth(month),
    windowMonths: months,
    metric,
    cohort,
    scale: scale ?? null,
    part,
    filter,
    detail,
    days:
      from === undefined && through === undefined
        ? undefined
        : { from: from ?? through ?? '', through: through ?? from ?? '' },
    sort: sort === undefined ? undefined : { column: sort, direction: order },
    page,
  }
}
