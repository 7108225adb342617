import type { XmrLimits } from './xmr-chart.ts'

/** Whether the process, as it is, reaches its target every time, never, or now and then. */
export type Assurance = 'consistently_passes' | 'consistently_fails' | 'hit_and_miss'

/**
 * Assurance of a target by XmR limits.
 *
 * Formula: a target outside the limits is passed or failed consistently, one inside them is left to chance each month.
 * Source: NHS England, Making Data Count. `better` tells which way is good; the target has the unit of the values.
 */
export function xmrAssurance(
  limits: Pick<XmrLimits, 'lower' | 'upper'>,
  target: number,
  better: 'higher' | 'lower',
): Assurance {
  if (target > limits.upper) return better === 'higher' ? 'consistently_fails' : 'consistently_passes'
  if (target < limits.lower) return better === 'higher' ? 'consistently_passes' : 'consistently_fails'
  return 'hit_and_miss'
}
