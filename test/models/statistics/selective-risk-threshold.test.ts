import { describe, expect, it } from 'vitest'
import { selectiveRiskThreshold } from '#models/statistics/selective-risk-threshold.ts'
import { expectClose } from './closeness.ts'
import { sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, num, oracleRows } from './oracle.ts'

describe('selectiveRiskThreshold', () => {
  it('lets everything through that is flawless and much', () => {
    const answers = Array.from({ length: 1024 }, (_, index) => ({ confidence: (index + 1) / 1024, isCorrect: true }))
    const { accepted, trace } = selectiveRiskThreshold(answers, { limit: 0.05, delta: 0.05 })
    // Ten halvings of 1024: the last one tries position 1.
    expect(trace.map(({ answers: count }) => count)).toEqual([512, 768, 896, 960, 992, 1008, 1016, 1020, 1022, 1023])
    expect(accepted?.answers).toBe(1023)
    expectClose(accepted?.bound, 1 - 0.005 ** (1 / 1023), 1e-12)
  })

  it('finds nothing where hardly anything was judged', () => {
    expect(selectiveRiskThreshold([], { limit: 0.05, delta: 0.05 })).toEqual({ accepted: null, trace: [] })
    const one = [{ confidence: 0.9, isCorrect: true }]
    expect(selectiveRiskThreshold(one, { limit: 0.05, delta: 0.05 }).accepted).toBeNull()
  })
})

describeOracle('sgr_threshold.csv', () => {
  it.each(oracleRows('sgr_threshold'))('limit $limit, delta $delta', (row) => {
    const { accepted, trace } = selectiveRiskThreshold(sampleAnswers(), {
      limit: num(row, 'limit'),
      delta: num(row, 'delta'),
    })
    expect(trace).toHaveLength(num(row, 'sgr_iterations'))
    if (row.sgr_threshold === '') {
      expect(accepted).toBeNull()
      return
    }
    expect(accepted?.threshold).toBe(num(row, 'sgr_threshold'))
    expect([accepted?.answers, accepted?.errors]).toEqual([num(row, 'sgr_m'), num(row, 'sgr_errors')])
    expectClose(accepted?.bound, num(row, 'sgr_bound'), CLOSED_FORM)
    expectClose(accepted?.coverage, num(row, 'sgr_coverage'), CLOSED_FORM)
  })
})

describeOracle('sgr_trace_limit05_delta05.csv', () => {
  it('every step of the search', () => {
    const { trace } = selectiveRiskThreshold(sampleAnswers(), { limit: 0.05, delta: 0.05 })
    for (const [index, row] of oracleRows('sgr_trace_limit05_delta05').entries()) {
      const step = trace[index]
      expect(step?.threshold).toBe(num(row, 'threshold'))
      expect([step?.answers, step?.errors]).toEqual([num(row, 'm'), num(row, 'errors')])
      expectClose(step?.bound, num(row, 'bound'), CLOSED_FORM)
    }
  })
})
