import type { TypeEvaluation, TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { GateId } from '#governance/policy/policy.ts'
import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import type { PointIndex } from './point-index.ts'

type StatusKind = 'pass' | 'fail' | 'inconclusive' | 'signal' | 'none' | 'unregistered' | 'provisional'

/** A verdict in one icon and two or three words. */
export interface TypeStatus {
  kind: StatusKind
  word: string
}

interface TypeStatusInput {
  interactionType: string
  month: string
  points: PointIndex
  standing: TypeStanding | undefined
  evaluation: TypeEvaluation | undefined
}

/** The one thing to know about a type this month: what fails first, then what is not known, then what is fine. */
export function typeStatus({ interactionType, month, points, standing, evaluation }: TypeStatusInput): TypeStatus {
  if (standing === undefined || !standing.isRegistered) return { kind: 'unregistered', word: 'Unregistered' }
  const aiContacts =
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai' }) +
    points.count({ interactionType, month, metric: 'volume', cohort: 'ai_assisted' })
  const creep = points.count({ interactionType, month, metric: 'automation_creep', cohort: 'all' })
  if (aiContacts === 0)
    return { kind: 'none', word: standing.ceiling === 'human_as_the_loop' ? 'Human only' : 'No AI contacts' }
  if (!points.isFinal(month)) return { kind: 'provisional', word: 'Provisional' }
  const failing = evaluation?.gates.filter((gate) => gate.verdict === 'fail') ?? []
  if (failing.length > 0)
    return { kind: 'fail', word: `${countOf(failing.length, 'gate')} ${failing.length === 1 ? 'fails' : 'fail'}` }
  // Shown harm or lapsed evidence recommends less though every gate may hold.
  if (evaluation?.recommendation === 'reduce') return { kind: 'fail', word: 'Alarm' }
  if (creep > 0) return { kind: 'signal', word: 'Automation creep' }
  if (evaluation === undefined) return { kind: 'inconclusive', word: 'Not evaluated' }
  // G10 asks about expanding only: where something else forbids that, its silence says nothing about the type.
  const open = evaluation.gates.filter(
    (gate) => gate.verdict === 'inconclusive' && (gate.gate !== 'G10' || evaluation.blockers.includes(gate.reason)),
  )
  if (open.length === 0)
    return { kind: 'pass', word: evaluation.recommendation === 'expand' ? 'All gates pass' : 'Healthy' }
  return { kind: 'inconclusive', word: openWord(evaluation) }
}

/** Why it is not known, as far as two words can say. */
function openWord(evaluation: TypeEvaluation): string {
  const isOpen = (id: GateId) => evaluation.gates.some((gate) => gate.gate === id && gate.verdict === 'inconclusive')
  const errors = evaluation.gates.find((gate) => gate.gate === 'G1')
  if (isOpen('G7')) return 'Reviews open'
  if (errors?.verdict === 'inconclusive') {
    const reviews = errors.denominator ?? 0
    if (reviews === 0) return 'No reviews'
    if (reviews < metrics.ai_error_rate.minimumSample) return 'Too few reviews'
    const { value, limit } = errors
    if (value !== null && limit !== null && Math.abs(value - limit) <= limit * 0.2) return 'At the limit'
    if (value !== null && limit !== null && value < limit) return 'Too few reviews'
    return limit === null ? 'No limit set' : 'Over limit, unsure'
  }
  return 'Inconclusive'
}
