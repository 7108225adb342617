import { listMonths } from '#models/monthly/list-months.ts'
import { OversightError } from '#models/oversight-error.ts'
import { type Month, monthEnd, parseMonth } from '#models/reporting-month.ts'
import { findWarehouse, oncePerSnapshot, snapshotInfo } from './warehouse.server.ts'

export interface ReportingMonth {
  month: Month
  /** Nothing in it can change any more: its end lies before the data's mature-through. */
  isFinal: boolean
}

/** Months with data, oldest first; none before the first load. */
export async function reportingMonths(): Promise<readonly ReportingMonth[]> {
  const [warehouse, info] = [await findWarehouse(), await snapshotInfo()]
  if (warehouse === undefined || info === undefined) return []
  return oncePerSnapshot('reporting months', async ({ db }) =>
    (await listMonths(db)).map((month) => ({
      month,
      isFinal: info.matureThrough !== null && monthEnd(month, info.reportingTimeZone) <= info.matureThrough,
    })),
  )
}

/** The month a page opens with: the newest final one, else the newest. undefined without data. */
export async function defaultMonth(): Promise<Month | undefined> {
  const months = await reportingMonths()
  return (months.findLast((candidate) => candidate.isFinal) ?? months.at(-1))?.month
}

/** The month asked for by ?month=, else the default. Throws bad_input when it is no month. */
export async function chosenMonth(request: Request): Promise<Month | undefined> {
  const asked = new URL(request.url).searchParams.get('month')
  return asked === null || asked === '' ? defaultMonth() : parseMonth(asked)
}

/** The same for a file, which needs a month. Throws not_found before the first load. */
export async function requiredMonth(request: Request): Promise<Month> {
  const month = await chosenMonth(request)
  if (month === undefined) throw new OversightError('not_found', 'No data has been loaded yet, so there is no month.')
  return month
}
