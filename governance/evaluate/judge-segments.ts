import { formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { clopperPearsonLower } from '#models/statistics/clopper-pearson.ts'
import { wilsonInterval } from '#models/statistics/wilson.ts'
import type { Policy } from '../policy/policy.ts'
import type { SegmentCounts, SegmentResult } from './evaluation.ts'
import { obstacleOf } from './gate-result.ts'
import { pool } from './pool.ts'
import { segmentWords } from './segment-words.ts'
import { errorsIn, formatBeside, formatConfidence, formatLimit, monthSpan } from './sentences.ts'
import type { TypeEvidence } from './type-evidence.ts'

type Declared = NonNullable<Policy['segments']>[number]

/**
 * Each segment that the policy declares, in its order, over the window; undefined where it declares none. A segment
 * fails when the Clopper-Pearson lower bound of its error rate lies over the limit of the type, at the one-sided level
 * of a failing G1 divided by the number of declared segments (Bonferroni: of many segments one would look bad by
 * luck). Few reviews give a low bound, so they never fail; they are said. Shares 0..1. Pure.
 */
export function judgeSegments(evidence: TypeEvidence): SegmentResult[] | undefined {
  const { segments } = evidence.policy
  return segments?.map((declared) => judge(evidence, declared, evidence.policy.gates.G1.alphaFail / segments.length))
}

function judge(evidence: TypeEvidence, { name, ceiling, blocksExpansion }: Declared, alpha: number): SegmentResult {
  const { errorLimit: limit } = evidence
  const counts = windowCounts(evidence, name)
  const { reviewed, errors } = counts
  const shown = reviewed === 0 ? null : wilsonInterval(errors, reviewed)
  const words = capitalised(segmentWords[name])
  const said = `${words}: ${lowerFirst(errorsIn(errors, reviewed))} of ${monthSpan(evidence.window)}`
  const facts = {
    ...counts,
    ceiling,
    blocksExpansion,
    limit,
    value: reviewed === 0 ? null : errors / reviewed,
    lower: shown?.lower ?? null,
    upper: shown?.upper ?? null,
    lowerBound: null,
  }
  const unknown = (reason: string): SegmentResult => ({ ...facts, verdict: 'unknown', reason })
  if (reviewed === 0 || shown === null) {
    return unknown(`${words}: no random review of ${monthSpan(evidence.window)} was completed.`)
  }
  if (limit === null) return unknown(`${said}; without a limit nothing can be told.`)
  const obstacle = obstacleOf(pool(evidence, evidence.window, 'ai_error_rate'))
  if (obstacle !== null) return unknown(`${said}. ${obstacle}`)
  if (evidence.window.some((month) => evidence.strata(month).length > 0)) {
    return unknown(`${said}. They were drawn with unequal chances, so the segment is not judged.`)
  }
  const lowerBound = clopperPearsonLower(errors, reviewed, alpha)
  const judged = { ...facts, lowerBound }
  if (lowerBound > limit) {
    const rate = `${formatShare(errors / reviewed)} (${formatShareInterval(shown.lower, shown.upper)})`
    const reason = `${said}, ${rate}; at ${formatConfidence(alpha)} confidence at least ${formatBeside(lowerBound, limit)}, over the limit of ${formatLimit(limit)}.`
    return { ...judged, verdict: 'failing', reason }
  }
  return reviewed < metrics.ai_error_rate.minimumSample
    ? { ...judged, verdict: 'unknown', reason: `${said}: too few reviews to tell.` }
    : { ...judged, verdict: 'not_shown', reason: `${said}: not shown to be over the limit of ${formatLimit(limit)}.` }
}

/** Counts that cannot be, such as more errors than reviews, weigh nothing. */
function windowCounts(evidence: TypeEvidence, segment: SegmentCounts['segment']): SegmentCounts {
  const cells = evidence.window
    .flatMap((month) => evidence.segments(month).filter((cell) => cell.segment === segment))
    .filter(
      ({ contacts, sentAlone, reviewed, errors }) =>
        [contacts, sentAlone, reviewed, errors].every((count) => Number.isSafeInteger(count) && count >= 0) &&
        errors <= reviewed &&
        reviewed <= contacts &&
        sentAlone <= contacts,
    )
  const sum = (count: 'contacts' | 'sentAlone' | 'reviewed' | 'errors') =>
    cells.reduce((all, cell) => all + cell[count], 0)
  return {
    segment,
    contacts: sum('contacts'),
    sentAlone: sum('sentAlone'),
    reviewed: sum('reviewed'),
    errors: sum('errors'),
  }
}

function capitalised(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}

function lowerFirst(text: string): string {
  return `${text.charAt(0).toLowerCase()}${text.slice(1)}`
}
