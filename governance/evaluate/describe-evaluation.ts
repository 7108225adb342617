import { countWord, formatCount, formatShare, formatShareInterval } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { monthsEndingWith, parseMonth } from '#models/reporting-month.ts'
import type { Policy } from '../policy/policy.ts'
import type { GateResult, TypeEvaluation } from './evaluation.ts'
import { formatLimit, monthSpan } from './sentences.ts'

export interface EvaluationDescription {
  /** Expand is recommended */
  headline: string
  /** How the gates stand, then what is known of the error rate. */
  lead: string
}

const headlines = {
  expand: 'Expand is recommended',
  keep: 'Keep is recommended',
  reduce: 'Reduce is recommended',
} as const

/** What a page says before it shows anything: the recommendation, the gates and the error rate in plain sentences. */
export function describeEvaluation(evaluation: TypeEvaluation, policy: Policy): EvaluationDescription {
  return {
    headline: headlines[evaluation.recommendation],
    lead: `${describeGates(evaluation.gates.filter((gate) => gate.isShadow !== true))} ${describeErrorRate(evaluation, policy)}`,
  }
}

/** All nine gates pass. Or: Five gates pass, three are inconclusive, one fails. */
function describeGates(gates: readonly GateResult[]): string {
  const count = (verdict: GateResult['verdict']) => gates.filter((gate) => gate.verdict === verdict).length
  const passing = count('pass')
  if (gates.length > 0 && passing === gates.length) return `All ${countWord(passing)} gates pass.`
  const open = count('inconclusive')
  const failing = count('fail')
  const parts = [
    `${countWord(passing)} ${passing === 1 ? 'gate passes' : 'gates pass'}`,
    ...(open > 0 ? [`${countWord(open)} ${open === 1 ? 'is' : 'are'} inconclusive`] : []),
    failing === 0 ? 'none fails' : `${countWord(failing)} ${failing === 1 ? 'fails' : 'fail'}`,
  ]
  const said = parts.join(', ')
  return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`
}

/**
 * In 412 random reviews from July to September 2026 the AI was wrong 7 times: 1.7 % (0.8 to 3.5) against a limit of
 * 5 %. Under 30 reviews the rate itself is not said.
 */
function describeErrorRate(evaluation: TypeEvaluation, policy: Policy): string {
  const window = monthsEndingWith(parseMonth(evaluation.month), policy.windowMonths)
  const gate = evaluation.gates.find((result) => result.gate === 'G1')
  if (gate === undefined || gate.value === null || gate.denominator === null || gate.numerator === null) {
    return gate?.reason ?? `No random review of ${monthSpan(window)} is done, so the error rate is unknown.`
  }
  // A failure is that of the evidence month alone; everything else is the pooled window.
  const months = gate.verdict === 'fail' ? window.slice(-1) : window
  const span = months.length === 1 ? `of ${monthSpan(months)}` : `from ${monthSpan(months)}`
  const reviews = `${formatCount(gate.denominator)} random ${gate.denominator === 1 ? 'review' : 'reviews'}`
  const wrong = `In ${reviews} ${span} the AI was ${wrongTimes(gate.numerator)}`
  if (gate.denominator < metrics.ai_error_rate.minimumSample || gate.lower === null || gate.upper === null) {
    return `${wrong}: too few reviews to state a rate.`
  }
  const rate = `${formatShare(gate.value)} (${formatShareInterval(gate.lower, gate.upper)})`
  return gate.limit === null
    ? `${wrong}: ${rate}; no limit applies.`
    : `${wrong}: ${rate} against a limit of ${formatLimit(gate.limit)}.`
}

function wrongTimes(count: number): string {
  if (count === 0) return 'never wrong'
  return count === 1 ? 'wrong once' : `wrong ${formatCount(count)} times`
}
