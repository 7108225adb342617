import { describe, expect, it } from 'vitest'
import { indexPoints } from '#app/evidence/point-index.ts'
import { typeStatus } from '#app/evidence/type-status.ts'
import type { TypeEvaluation } from '#governance/evaluate/evaluation.ts'
import { typeMonth, typeStanding } from '#test/build/type-history.ts'

const [interactionType, month] = ['refund_request', '2026-09']
const [volume] = typeMonth(interactionType, month).points.filter(({ metric }) => metric === 'volume')
const points = indexPoints(volume === undefined ? [] : [volume, { ...volume, cohort: 'ai' }])

const statusOf = (evaluation: Pick<TypeEvaluation, 'recommendation'> & Partial<TypeEvaluation>) =>
  typeStatus({
    interactionType,
    month,
    points,
    standing: typeStanding(interactionType),
    evaluation: { gates: [], blockers: [], ...evaluation } as unknown as TypeEvaluation,
  })

describe('the status of a type', () => {
  it('is healthy where no gate fails and nothing is open', () => {
    expect(statusOf({ recommendation: 'keep' })).toEqual({ kind: 'pass', word: 'Healthy' })
    expect(statusOf({ recommendation: 'expand' })).toEqual({ kind: 'pass', word: 'All gates pass' })
  })

  it('is no such thing where an alarm recommends less, whatever the gates say', () => {
    expect(statusOf({ recommendation: 'reduce' })).toEqual({ kind: 'fail', word: 'Alarm' })
  })
})
