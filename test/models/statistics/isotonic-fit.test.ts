import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { isotonicFit } from '#models/statistics/isotonic-fit.ts'
import { expectClose } from './closeness.ts'
import { judgedAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

const fitOutcomes = (outcomes: readonly [number, boolean][]) =>
  isotonicFit(outcomes.map(([confidence, isCorrect]) => ({ confidence, isCorrect })))

describe('isotonicFit', () => {
  it('pools what falls: right at 0.6, wrong at 0.7, right at 0.9', () => {
    expect(
      fitOutcomes([
        [0.9, true],
        [0.6, true],
        [0.7, false],
      ]),
    ).toEqual([
      { confidence: 0.6, share: 0.5 },
      { confidence: 0.7, share: 0.5 },
      { confidence: 0.9, share: 1 },
    ])
  })

  it('takes equal confidences as one point', () => {
    expect(
      fitOutcomes([
        [0.8, true],
        [0.8, false],
      ]),
    ).toEqual([{ confidence: 0.8, share: 0.5 }])
    expect(isotonicFit([])).toEqual([])
    expect(() => fitOutcomes([[2, true]])).toThrow(OversightError)
  })

  it('rises, keeps the overall share, and does not depend on the order of the answers', () => {
    fc.assert(
      fc.property(judgedAnswers, (answers) => {
        const steps = isotonicFit(answers)
        for (const [index, step] of steps.entries()) {
          expect(step.share).toBeGreaterThanOrEqual((steps[index - 1]?.share ?? 0) - 1e-12)
        }
        const fitted = new Map(steps.map(({ confidence, share }) => [confidence, share]))
        const rest = answers.reduce(
          (sum, { confidence, isCorrect, weight = 1 }) =>
            sum + weight * ((isCorrect ? 1 : 0) - (fitted.get(confidence) ?? 0)),
          0,
        )
        expectClose(rest, 0, 1e-9)
        const reversed = isotonicFit([...answers].reverse())
        for (const [index, step] of steps.entries()) expectClose(reversed[index]?.share, step.share, 1e-12)
      }),
    )
  })
})

describeOracle('isotonic.csv', () => {
  it('every step', () => {
    const rows = oracleRows('isotonic')
    const steps = fitOutcomes(rows.map((row) => [num(row, 'confidence'), row.correct === '1']))
    for (const row of rows) {
      const step = steps.find(({ confidence }) => confidence === num(row, 'confidence'))
      expectClose(step?.share, num(row, 'isotonic_fit'), CLOSED_FORM)
    }
  })
})
