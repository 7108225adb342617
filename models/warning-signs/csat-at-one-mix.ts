import { effectiveCounts } from '../statistics/effective-counts.ts'
import { kishSize } from '../statistics/kish-size.ts'
import { stratifiedRate } from '../statistics/stratified-rate.ts'

/** Satisfied answers k of n, by channel. */
export type CsatByChannel = ReadonlyMap<string, { readonly k: number; readonly n: number }>

/** Channels without an answer cannot be weighted; the others must hold this share of the mix. */
const fewestComparable = 0.9

/**
 * The satisfied answers of each month at the mix of channels of all months together, as whole counts of their effective
 * size (Kish), so that a trend of them is none of the mix (methods.md section 3). A month that lacks channels which hold
 * over a tenth of the mix has no comparable answer: 0 of 0.
 */
export function csatAtOneMix(months: readonly CsatByChannel[]): readonly { k: number; n: number }[] {
  const mix = new Map<string, number>()
  for (const channels of months) for (const [channel, { n }] of channels) mix.set(channel, (mix.get(channel) ?? 0) + n)
  return months.map((channels) => {
    const strata = [...mix].map(([channel, population]) => {
      const { k: hits, n: sampled } = channels.get(channel) ?? { k: 0, n: 0 }
      return { population, sampled, hits }
    })
    const found = stratifiedRate(strata)
    if (found === undefined || found.coverage < fewestComparable) return { k: 0, n: 0 }
    const { numerator: k, denominator: n } = effectiveCounts(found.rate, kishSize(strata))
    return { k, n }
  })
}
