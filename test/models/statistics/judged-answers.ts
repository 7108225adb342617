import fc from 'fast-check'
import type { JudgedAnswer } from '#models/statistics/reliability-bins.ts'
import { num, oracleRows } from './oracle.ts'

/** Judged answers of any kind, some with the same confidence. */
export const judgedAnswers: fc.Arbitrary<JudgedAnswer[]> = fc.array(
  fc.record({
    confidence: fc.integer({ min: 0, max: 50 }).map((fiftieths) => fiftieths / 50),
    isCorrect: fc.boolean(),
    weight: fc.constantFrom(1, 2, 7.5),
  }),
  { minLength: 1, maxLength: 120 },
)

/** The answers of calibration_sample.csv, with their design weights or each counting as one. */
export function sampleAnswers(weighting: 'unweighted' | 'design_weighted' = 'unweighted'): JudgedAnswer[] {
  return oracleRows('calibration_sample').map((row) => ({
    confidence: num(row, 'confidence'),
    isCorrect: row.correct === '1',
    weight: weighting === 'unweighted' ? 1 : num(row, 'design_weight'),
  }))
}

/** The value of a metric in calibration_metrics.csv. */
export function sampleMetric(metric: string): number {
  return num(
    oracleRows('calibration_metrics').find((row) => row.metric === metric),
    'value',
  )
}

/** Scheme and number of bins behind a name as `equal_width_10`. */
export function binning(name: string): { scheme: 'equal_width' | 'equal_mass'; binCount: number } {
  return { scheme: name.startsWith('equal_mass') ? 'equal_mass' : 'equal_width', binCount: Number(name.split('_')[2]) }
}
