import { describe, expect, it } from 'vitest'
import type { Verdict } from '#governance/evaluate/evaluation.ts'
import { isBelow, oversightLevels } from '#governance/evaluate/levels.ts'
import { type GateOutcome, type Position, positionBlockers, recommend } from '#governance/evaluate/recommend.ts'
import { riskClasses, statedCeiling } from '#governance/evaluate/risk-class.ts'
import type { GateId } from '#governance/policy/policy.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { describeOracle, oracleRows } from '../../models/statistics/oracle.ts'

const inTheLoop: Position = {
  isRegistered: true,
  level: 'human_in_the_loop',
  ceiling: 'human_on_the_loop',
  hasErrorLimit: true,
  baking: null,
}
const gate = (id: GateId, verdict: Verdict): GateOutcome => ({ gate: id, verdict, reason: `${id} ${verdict}` })
const allPass = (['G1', 'G2', 'G3', 'G4', 'G5', 'G7', 'G8', 'G9', 'G10'] as const).map((id) => gate(id, 'pass'))
const with_ = (...changed: GateOutcome[]) =>
  allPass.map((outcome) => changed.find((other) => other.gate === outcome.gate) ?? outcome)

describe('recommend', () => {
  it('expands one step when every gate passes', () => {
    expect(recommend(inTheLoop, allPass)).toMatchObject({
      recommendation: 'expand',
      targetLevel: 'human_on_the_loop',
      blockers: [],
    })
    expect(recommend({ ...inTheLoop, level: 'human_as_the_loop' }, allPass).targetLevel).toBe('human_in_the_loop')
  })

  it('keeps on a single inconclusive gate and says which', () => {
    const step = recommend(inTheLoop, with_(gate('G3', 'inconclusive')))
    expect(step).toMatchObject({ recommendation: 'keep', targetLevel: null, blockers: ['G3 inconclusive'] })
  })

  it('reduces one step on a single fail, whatever else passes', () => {
    const step = recommend(inTheLoop, with_(gate('G4', 'fail'), gate('G2', 'inconclusive')))
    expect(step).toMatchObject({
      recommendation: 'reduce',
      targetLevel: 'human_as_the_loop',
      reasons: ['G4 fail'],
      blockers: ['G2 inconclusive', 'G4 fail'],
    })
  })

  it('holds a human-led type that fails, since there is nothing to reduce to', () => {
    const step = recommend({ ...inTheLoop, level: 'human_as_the_loop' }, with_(gate('G1', 'fail')))
    expect(step.recommendation).toBe('keep')
    expect(step.reasons).toEqual([positionBlockers.leastAutonomy, 'G1 fail'])
    expect(step.blockers[0]).toBe(positionBlockers.leastAutonomy)
  })

  it.each([
    ['an unregistered type', { isRegistered: false }, positionBlockers.unregistered],
    ['a type without a level', { level: null }, positionBlockers.levelUnknown],
    ['a type on the loop', { level: 'human_on_the_loop' }, positionBlockers.mostAutonomy],
    ['a type at its ceiling', { ceiling: 'human_in_the_loop' }, positionBlockers.atCeiling],
    ['a type above its ceiling', { ceiling: 'human_as_the_loop' }, positionBlockers.atCeiling],
    [
      'a high-risk use to on the loop',
      { stated: { riskClass: 'high', hasLegalEffect: false } },
      'A high-risk use (risk class): never on the loop.',
    ],
    [
      'a type with legal effect to on the loop',
      { stated: { riskClass: 'limited', hasLegalEffect: true } },
      'It decides with legal or similarly significant effect: never on the loop.',
    ],
    [
      'a blocked use at all',
      { level: 'human_as_the_loop', stated: { riskClass: 'blocked', hasLegalEffect: false } },
      'A blocked use (risk class): people always lead it.',
    ],
    ['a type without an error limit', { hasErrorLimit: false }, positionBlockers.noErrorLimit],
    ['a type that is still baking', { baking: 'The level changed yesterday.' }, 'The level changed yesterday.'],
  ] as const)('never expands %s', (_, change, blocker) => {
    expect(recommend({ ...inTheLoop, ...change }, allPass)).toMatchObject({
      recommendation: 'keep',
      blockers: [blocker],
    })
  })

  it('never leads beyond what is stated of the type, whatever its ceiling says', () => {
    for (const riskClass of riskClasses) {
      for (const hasLegalEffect of [false, true]) {
        for (const level of oversightLevels) {
          const stated = { riskClass, hasLegalEffect }
          const { recommendation, targetLevel } = recommend({ ...inTheLoop, level, stated }, allPass)
          if (recommendation !== 'expand' || targetLevel === null) continue
          expect(isBelow(statedCeiling(stated), targetLevel), `${riskClass} ${hasLegalEffect} ${level}`).toBe(false)
        }
      }
    }
  })

  it('expands into the loop what may only not go on the loop', () => {
    const stated = { riskClass: 'high', hasLegalEffect: true } as const
    expect(recommend({ ...inTheLoop, level: 'human_as_the_loop', stated }, allPass)).toMatchObject({
      recommendation: 'expand',
      targetLevel: 'human_in_the_loop',
    })
  })

  it('asks for a baseline first, even of a type that fails', () => {
    const step = recommend({ ...inTheLoop, isRegistered: false }, with_(gate('G9', 'fail')))
    expect(step.recommendation).toBe('keep')
    expect(step.blockers[0]).toBe(positionBlockers.unregistered)
    expect(step.reasons).toContain('G9 fail')
  })

  it('still reduces a type on the loop or without an error limit', () => {
    expect(recommend({ ...inTheLoop, level: 'human_on_the_loop' }, with_(gate('G5', 'fail')))).toMatchObject({
      recommendation: 'reduce',
      targetLevel: 'human_in_the_loop',
    })
    expect(recommend({ ...inTheLoop, hasErrorLimit: false }, with_(gate('G9', 'fail'))).recommendation).toBe('reduce')
  })

  it('keeps when there are no gates at all', () => {
    expect(recommend(inTheLoop, []).recommendation).toBe('keep')
  })
})

describeOracle('policy_decision_table.csv', () => {
  const levels: Record<string, OversightLevel> = {
    as: 'human_as_the_loop',
    in: 'human_in_the_loop',
    on: 'human_on_the_loop',
  }
  const verdicts: Record<string, Verdict> = {
    pass: 'pass',
    not_worse: 'pass',
    fail: 'fail',
    worse: 'fail',
    inconclusive: 'inconclusive',
  }
  const rows = oracleRows('policy_decision_table').map((row, index) => ({ ...row, line: index + 2 }) as Row)
  type Column = 'level' | 'err' | 'qa' | 'csat' | 'rep' | 'esc' | 'signal' | 'complete' | 'months' | 'agree'
  type Row = Record<Column | 'version_changed' | 'hard' | 'recommendation' | 'reasons', string> & { line: number }

  /** Verdicts in the order in which the table lists its reasons; each reason is the table's own word. */
  function outcomesOf(row: Row): GateOutcome[] {
    const measured = (id: GateId, cell: string, fail: string, open: string): GateOutcome => {
      const verdict = verdicts[cell]
      if (verdict === undefined) throw new Error(`line ${row.line}: unknown verdict ${cell}`)
      return { gate: id, verdict, reason: verdict === 'fail' ? fail : open }
    }
    const healthy = (id: GateId, holds: boolean, reason: string): GateOutcome => ({
      gate: id,
      verdict: holds ? 'pass' : 'inconclusive',
      reason,
    })
    return [
      { gate: 'G9', verdict: row.hard === 'True' ? 'fail' : 'pass', reason: 'hard_stop' },
      measured('G1', row.err, 'error_rate_fail', 'error_evidence_inconclusive'),
      measured('G2', row.qa, 'qa_fail', 'qa_evidence_inconclusive'),
      measured('G3', row.csat, 'csat_worse', 'csat_inconclusive'),
      measured('G4', row.rep, 'repeat_contact_fail', 'repeat_contact_inconclusive'),
      measured('G5', row.esc, 'escalation_fail', 'escalation_inconclusive'),
      healthy('G6', row.signal === 'False', 'deterioration_signal'),
      healthy('G7', row.complete === 'True', 'reviews_incomplete'),
      healthy('G8', Number(row.months) >= 3, 'not_sustained_3_months'),
      healthy('G7', row.agree === 'True', 'reviewer_agreement_low'),
      healthy('G8', row.version_changed === 'False', 'model_or_policy_version_changed_in_window'),
    ]
  }

  it('has 92 rows', () => {
    expect(rows).toHaveLength(92)
  })

  it.each(rows)('line $line: $level, $recommendation $reasons', (row) => {
    const level = levels[row.level]
    if (level === undefined) throw new Error(`line ${row.line}: unknown level ${row.level}`)
    const step = recommend({ ...inTheLoop, level }, outcomesOf(row))
    const said = (step.recommendation === 'reduce' ? step.reasons : step.blockers).map((reason) =>
      reason === positionBlockers.mostAutonomy ? 'already_lowest_oversight' : reason,
    )
    // The product rule stands over the table: a human-led type that fails is held, there is no level to reduce to.
    if (row.recommendation === 'reduce' && row.level === 'as') {
      expect(step.recommendation).toBe('keep')
      expect(step.targetLevel).toBeNull()
      expect(said).toEqual([positionBlockers.leastAutonomy, ...row.reasons.split(' ')])
      return
    }
    expect(step.recommendation).toBe(row.recommendation)
    expect(said).toEqual(row.reasons === '' ? [] : row.reasons.split(' '))
  })

  it('differs from the product rule in exactly one row', () => {
    expect(rows.filter((row) => row.level === 'as' && row.recommendation === 'reduce').map((row) => row.line)).toEqual([
      28,
    ])
  })
})
