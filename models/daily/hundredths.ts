import type { Expression, ExpressionBuilder } from 'kysely'

/** SQL: a score in whole hundredths, halves up, so that sums are exact and the same in any order of rows. */
export function hundredths<DB, TB extends keyof DB>(
  eb: ExpressionBuilder<DB, TB>,
  score: Expression<number | null>,
): Expression<number | null> {
  return eb.cast<number | null>(eb.fn('floor', [eb(eb(score, '*', eb.lit(100)), '+', eb.lit(0.5))]), 'bigint')
}
