import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatCount, formatShare, formatShareNumber } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { mainCsatScale } from '../pooled-counts.ts'
import { typeHref } from '../rows-href.ts'
import { compareHalves } from './compared-halves.ts'
import type { Warning, WarningInput } from './warning.ts'

/** A drop smaller than this is not worth a warning, however sure it is. */
const leastDrop = 0.02
/** The AI's share, or its contacts, must have grown by at least this. */
const leastShareGrowth = 0.05
const leastVolumeGrowth = 0.1

/** CSAT of AI contacts fell, beyond chance, while the AI did more. */
export function warnOfCsatDownAiUp(input: WarningInput): Warning | null {
  const { interactionType, month, closedMonths, points } = input
  const scale = mainCsatScale(points, { months: closedMonths.slice(-6), types: [interactionType] })
  if (scale === null) return null
  const csat = compareHalves(input, {
    metric: 'csat_satisfied_rate',
    cohort: 'ai_participated',
    scale,
    minimumSample: metrics.csat_satisfied_rate.minimumSample,
  })
  const ai = compareHalves(input, { metric: 'ai_share', cohort: 'all', minimumSample: 1 })
  if (csat === undefined || ai === undefined || csat.upper >= 0 || csat.difference > -leastDrop) return null
  const volumeGrowth = ai.earlier.numerator === 0 ? 0 : ai.later.numerator / ai.earlier.numerator - 1
  if (ai.difference < leastShareGrowth && volumeGrowth < leastVolumeGrowth) return null
  const rate = (half: { numerator: number; denominator: number }) => half.numerator / half.denominator
  const perMonth = (half: { numerator: number; parts: number }) => formatCount(Math.round(half.numerator / half.parts))
  const grew =
    ai.difference >= leastShareGrowth
      ? `the AI share rose from ${formatShareNumber(rate(ai.earlier), 0)} to ${formatShare(rate(ai.later), 0)}`
      : `AI contacts rose from ${perMonth(ai.earlier)} to ${perMonth(ai.later)} a month`
  return {
    interactionType,
    status: 'fail',
    word: 'CSAT down, AI up',
    text: `CSAT of AI contacts fell from ${formatShareNumber(rate(csat.earlier))} to ${formatShare(rate(csat.later))} while ${grew}. Beyond chance: the drop is ${formatShareNumber(-csat.upper)} to ${formatShareNumber(-csat.lower)}\u202fpp.`,
    since: `${monthSpan(csat.laterMonths.map(parseMonth))} against ${monthSpan(csat.earlierMonths.map(parseMonth))}.`,
    href: `${typeHref(interactionType, month)}#csat`,
  }
}
