import { countOf, formatMonth } from '#models/format-metric.ts'
import { benjaminiHochberg } from '#models/statistics/benjamini-hochberg.ts'
import { binomialAtMost } from '#models/statistics/binomial-tail.ts'
import { goPValue } from '#models/statistics/go-p-value.ts'
import type { GateResult } from '../evaluation.ts'
import { gateResult, obstacleOf } from '../gate-result.ts'
import { isExpandable } from '../levels.ts'
import { noAiContact } from '../no-ai-contact.ts'
import { pool } from '../pool.ts'
import { poolStrata } from '../pool-strata.ts'
import type { TypeEvidence } from '../type-evidence.ts'

/**
 * G10. Many types are judged at once, so some would look good by luck. Benjamini-Hochberg over the family: every
 * registered type below its ceiling with an error limit and random reviews in the window. The p-value is the chance of
 * so few errors were the true rate at the limit (binomial tail). Results in the order of the evidence. Never fails.
 * methods.md section 2.4.
 */
export function manyTypesGates(all: readonly TypeEvidence[]): GateResult[] {
  const chances = all.map(chanceAtLimit)
  const family = chances.flatMap((p, index) => (p === null ? [] : [{ p, index }]))
  const adjusted = benjaminiHochberg(family.map(({ p }) => p))
  const adjustedByIndex = new Map(family.map(({ index }, position) => [index, adjusted[position] ?? 1]))
  return all.map((evidence, index) => {
    const limit = evidence.policy.gates.G10.falseDiscoveryRate
    const gate = { gate: 'G10', label: 'Many types at once', unit: 'probability', limit } as const
    const p = adjustedByIndex.get(index)
    if (p === undefined) {
      const reason = isExpandable(evidence.standing, evidence.errorLimit)
        ? (noAiContact(evidence, evidence.window) ??
          'No random review in the window, so there is no p-value to adjust.')
        : 'Not tested: this type cannot expand.'
      return gateResult(gate, 'inconclusive', reason)
    }
    const facts = { ...gate, value: p, denominator: family.length }
    const counts = pool(evidence, evidence.window, 'ai_error_rate')
    const obstacle = obstacleOf(counts)
    if (obstacle !== null) return gateResult(facts, 'inconclusive', obstacle)
    if (!counts.months.includes(evidence.month)) {
      return gateResult(facts, 'inconclusive', `No random review of ${formatMonth(evidence.month)} was completed.`)
    }
    const said =
      family.length === 1
        ? `${formatP(p)}, the only type that could expand`
        : `${formatP(p)} after adjusting for ${countOf(family.length, 'type')} that could expand`
    return p <= limit
      ? gateResult(facts, 'pass', `${said}; at most ${limit} is asked for.`)
      : gateResult(
          facts,
          'inconclusive',
          `${said}; at most ${limit} is asked for, so luck is not ruled out.`,
          'More random reviews lower it.',
        )
  })
}

function chanceAtLimit(evidence: TypeEvidence): number | null {
  if (evidence.errorLimit === null || !isExpandable(evidence.standing, evidence.errorLimit)) return null
  const counts = pool(evidence, evidence.window, 'ai_error_rate')
  const weighted = poolStrata(evidence, evidence.window)
  if (weighted !== null) return goPValue(weighted.strata, evidence.errorLimit)
  return counts.denominator > 0 ? binomialAtMost(counts.numerator, counts.denominator, evidence.errorLimit) : null
}

function formatP(p: number): string {
  return p < 0.0001 ? 'p under 0.0001' : `p = ${p.toFixed(4)}`
}
