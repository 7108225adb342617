import type { FactTable } from '../../exports/fact-table.ts'
import type { WeeklyStrip } from './weekly-strip.ts'

/** The weeks with their counts: one row per week and measure, then one per week and class of defects. */
export function weeklyFacts({ measures, defects, weeks }: WeeklyStrip): FactTable {
  return {
    columns: ['week_start', 'measure', 'defect', 'numerator', 'denominator', 'value', 'lower', 'upper'],
    rows: [
      ...measures.flatMap(({ metric, weeks: points }) =>
        points.map(({ week, numerator, denominator, value, lower, upper }) => [
          ...[week, metric, null, numerator, denominator, value, lower, upper],
        ]),
      ),
      ...defects.flatMap(({ name, weeks: counts }) =>
        counts.map(({ count }, index) => [weeks[index] ?? null, 'defects', name, count, null, null, null, null]),
      ),
    ],
  }
}
