import { z } from 'zod'

const mostRows = 1000

/** Query of every list: which page, and how long one is. */
export const paging = {
  page: z.coerce.number().int().min(1).max(1_000_000).default(1).describe('Counts from 1.'),
  pageSize: z.coerce.number().int().min(1).max(mostRows).default(100).describe(`Rows of a page, at most ${mostRows}.`),
}

/** Where a page stands in its list. */
export const pageInfo = z.object({ page: z.int(), pageSize: z.int(), pageCount: z.int(), total: z.int() })

interface Page {
  page: number
  pageSize: number
}

export function pageInfoOf({ page, pageSize }: Page, total: number): z.input<typeof pageInfo> {
  return { page, pageSize, pageCount: Math.max(1, Math.ceil(total / pageSize)), total }
}

/** The rows of one page of a list that is in memory. */
export function pageOf<Row>(rows: readonly Row[], { page, pageSize }: Page): Row[] {
  return rows.slice((page - 1) * pageSize, page * pageSize)
}
