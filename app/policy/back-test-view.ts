import type { Recommendation } from '#governance/evaluate/evaluation.ts'
import type { BackTestRow } from '#governance/policy/back-test.ts'
import { countOf, formatMonth } from '#models/format-metric.ts'

/** Months shown as columns; the file holds all. */
const shownMonths = 12

export interface BackTestView {
  sentence: { strong: string; rest: string }
  months: readonly string[]
  types: readonly {
    interactionType: string
    /** In the order of the months; null where the type had no contact. */
    cells: readonly ({ before: Recommendation; after: Recommendation } | null)[]
  }[]
  /** What would have been another recommendation in the shown months, newest first, with the draft's first reason. */
  differences: readonly BackTestRow[]
}

/** A back-test as types by months. Pure. */
export function backTestView(rows: readonly BackTestRow[]): BackTestView {
  const all = [...new Set(rows.map(({ month }) => month))].sort()
  const months = all.slice(-shownMonths)
  const shown = rows.filter(({ month }) => months.includes(month))
  const found = new Map(shown.map((row) => [`${row.interactionType}\n${row.month}`, row]))
  const differences = shown.filter(({ before, after }) => before !== after)
  const more = (action: Recommendation) => differences.filter(({ after }) => after === action).length
  const said = (['expand', 'keep', 'reduce'] as const)
    .filter((action) => more(action) > 0)
    .map((action) => `${action} in ${more(action)}`)
  const [first, last] = [months[0], months.at(-1)]
  const span = first === undefined || last === undefined ? 'no month' : `${formatMonth(first)} to ${formatMonth(last)}`
  return {
    sentence:
      differences.length === 0
        ? {
            strong: `None of ${countOf(shown.length, 'recommendation')} would have been different.`,
            rest: `${span}.`,
          }
        : {
            strong: `${differences.length} of ${countOf(shown.length, 'recommendation')} would have been different.`,
            rest: `${span}. The draft would have recommended ${said.join(' and ')} of these instead.`,
          },
    months,
    types: [...new Set(shown.map(({ interactionType }) => interactionType))].sort().map((interactionType) => ({
      interactionType,
      cells: months.map((month) => {
        const row = found.get(`${interactionType}\n${month}`)
        return row === undefined ? null : { before: row.before, after: row.after }
      }),
    })),
    differences: [...differences].sort(
      (a, b) => b.month.localeCompare(a.month) || a.interactionType.localeCompare(b.interactionType, 'en'),
    ),
  }
}
