import { monthSpan } from '#governance/evaluate/sentences.ts'
import { formatCount, formatMonth, formatShare, formatShareNumber } from '#models/format-metric.ts'
import type { CsatScale } from '#models/metrics.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { csatAtOneMix } from '#models/warning-signs/csat-at-one-mix.ts'
import { csatDownAiUp } from '#models/warning-signs/csat-down-ai-up.ts'
import { mainCsatScale } from '../pooled-counts.ts'
import { typeHref } from '../rows-href.ts'
import { monthCounts } from './month-counts.ts'
import type { Warning, WarningInput } from './warning.ts'

/**
 * What the detector finds on the scale most used, at one mix of channels (methods.md section 3); null where no survey was
 * answered.
 */
export function csatDownAiUpOf(input: WarningInput): ReturnType<typeof csatDownAiUp> | null {
  const { interactionType, closedMonths, points } = input
  const scale = mainCsatScale(points, { months: closedMonths.slice(-12), types: [interactionType] })
  if (scale === null) return null
  const csat = csatAtOneMix(closedMonths.map((month) => answersByChannel(input, scale, month)))
  const share = monthCounts(input, { metric: 'ai_share', cohort: 'all' })
  return csatDownAiUp(
    closedMonths.map((month, index) => ({
      month,
      satisfied: csat[index]?.k ?? 0,
      answers: csat[index]?.n ?? 0,
      aiContacts: share[index]?.numerator ?? 0,
      contacts: share[index]?.denominator ?? 0,
    })),
  )
}

function answersByChannel(
  { interactionType, csatChannels }: WarningInput,
  scale: CsatScale,
  month: string,
): Map<string, { k: number; n: number }> {
  return new Map(
    csatChannels
      .filter((row) => row.interactionType === interactionType && row.scale === scale && row.month === month)
      .map(({ channel, satisfied, answered }) => [channel, { k: satisfied, n: answered }]),
  )
}

/** CSAT of AI contacts falls, beyond chance, while the AI does more. */
export function warnOfCsatDownAiUp(input: WarningInput): Warning | null {
  const { interactionType, month } = input
  const sign = csatDownAiUpOf(input)
  if (!sign?.isFired || sign.evidence === null) return null
  const { evidence } = sign
  const { firstCsat, lastCsat, firstAi, lastAi, monthCount, fall, z } = evidence
  const since = sign.since === null || sign.since === month ? '' : ` Seen since ${formatMonth(sign.since)}.`
  return {
    interactionType,
    status: 'fail',
    word: 'CSAT down, AI up',
    text: `CSAT of AI contacts, at one mix of channels, went from ${formatShareNumber(firstCsat.rate)} to ${formatShare(lastCsat.rate)} from ${monthSpan([firstCsat.month, month].map(parseMonth))} (${formatCount(firstCsat.denominator)} and ${formatCount(lastCsat.denominator)} answers of equal weight) while the AI share rose from ${formatShareNumber(firstAi.rate, 0)} to ${formatShare(lastAi.rate, 0)}.`,
    since: `Over ${monthCount} months it falls by ${formatShareNumber(fall / (monthCount - 1))}\u202fpp a month, z ${z.toFixed(1).replace('-', '\u2212')}.${since}`,
    href: `${typeHref(interactionType, month)}#csat`,
  }
}
