import fc from 'fast-check'
import type { Stratum } from '#models/statistics/stratified-rate.ts'
import { num, type OracleRow, oracleRows } from './oracle.ts'

/** A reviewed stratum of any size. */
export const stratum: fc.Arbitrary<Stratum> = fc
  .tuple(fc.nat(300), fc.nat(300), fc.nat(5000))
  .filter(([hits, others]) => hits + others > 0)
  .map(([hits, others, rest]) => ({ hits, sampled: hits + others, population: hits + others + rest }))

/** The strata of a scenario of stratified.csv. */
export function oracleStrata(row: OracleRow): Stratum[] {
  return oracleRows('stratified_input')
    .filter(({ scenario }) => scenario === row.scenario)
    .map((input) => ({ population: num(input, 'N_h'), sampled: num(input, 'n_h'), hits: num(input, 'k_h') }))
}
