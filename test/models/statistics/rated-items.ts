import type { PairCounts } from '#models/statistics/specific-agreement.ts'
import { num, type OracleRow, oracleRows } from './oracle.ts'

export type Judgement = 'defect' | 'clean'
export const JUDGEMENTS: readonly Judgement[] = ['defect', 'clean']

/** Each item of a two-by-two table as the pair of its judgements. */
export function pairsOf({ both, firstOnly, secondOnly, neither }: PairCounts): [Judgement, Judgement][] {
  const repeat = (count: number, pair: [Judgement, Judgement]) => Array.from({ length: count }, () => pair)
  return [
    ...repeat(both, ['defect', 'defect']),
    ...repeat(firstOnly, ['defect', 'clean']),
    ...repeat(secondOnly, ['clean', 'defect']),
    ...repeat(neither, ['clean', 'clean']),
  ]
}

/** 200 pairs, of which 2 are called a defect by both: agreement .97 that hides disagreement on defects. */
export const RARE: PairCounts = { both: 2, firstOnly: 3, secondOnly: 3, neither: 192 }

/** The table of a row of kappa.csv. */
export function tableOf(row: OracleRow): PairCounts {
  return {
    both: num(row, 'both_defect'),
    firstOnly: num(row, 'r1_only'),
    secondOnly: num(row, 'r2_only'),
    neither: num(row, 'both_ok'),
  }
}

export const SEVERITIES = ['none', 'minor', 'major'] as const

/** The items of fleiss_input.csv, each with the severities that four reviewers gave. */
export function severityItems(): (typeof SEVERITIES)[number][][] {
  return oracleRows('fleiss_input').map((row) =>
    ['r1', 'r2', 'r3', 'r4'].map((reviewer) => {
      const found = SEVERITIES.find((severity) => severity === row[reviewer])
      if (found === undefined) throw new Error(`Unknown severity ${row[reviewer]}.`)
      return found
    }),
  )
}

/** The value of a statistic in fleiss.csv. */
export function fleissStatistic(statistic: string): number {
  return num(
    oracleRows('fleiss').find((row) => row.statistic === statistic),
    'value',
  )
}
