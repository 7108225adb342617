/** Counts of one metric in one month. */
export interface MonthCount {
  /** YYYY-MM */
  month: string
  numerator: number
  /** 0 where nothing was measured. */
  denominator: number
}

/** What a detector found at the last of the months that it was given. */
export interface WarningSign<Evidence> {
  isFired: boolean
  /** First month of the unbroken run of months at whose end the sign fired; null when it does not fire. */
  since: string | null
  /** The numbers that were judged; null where there are too few to judge. */
  evidence: Evidence | null
  /** The detector is tuned to raise a false alarm in at most this share of years of a type in which nothing changes. */
  falseAlarmsPerTypeYear: number
}

/**
 * At most one false alarm in twenty years of a type, twelve monthly looks each. `npm run bench -- warnings` measures
 * every detector against it; docs/concepts/warning-signs.md says why this limit.
 */
export const falseAlarmsPerTypeYear = 0.05

/** Fires a rule at the last of the months and, while it fires, at each one before, to know since when. */
export function judgeMonths<Month extends { month: string }, Evidence>(
  months: readonly Month[],
  judge: (months: readonly Month[]) => { isFired: boolean; evidence: Evidence } | null,
): WarningSign<Evidence> {
  const now = judge(months)
  let since: string | null = null
  for (let count = months.length; count > 0; count -= 1) {
    if (judge(months.slice(0, count))?.isFired !== true) break
    since = months[count - 1]?.month ?? since
  }
  return { isFired: now?.isFired ?? false, since, evidence: now?.evidence ?? null, falseAlarmsPerTypeYear }
}
