import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { OversightError } from '#models/oversight-error.ts'
import { reliabilityBins } from '#models/statistics/reliability-bins.ts'
import { expectClose } from './closeness.ts'
import { binning, judgedAnswers, sampleAnswers } from './judged-answers.ts'
import { CLOSED_FORM, describeOracle, groupRows, num, oracleRows } from './oracle.ts'

const answer = (confidence: number, isCorrect = true) => ({ confidence, isCorrect })

describe('reliabilityBins', () => {
  it('puts a confidence on an edge into the bin below it, and 0 into the first', () => {
    const bins = reliabilityBins(
      [0, 0.1, 0.3, 0.7, 0.70001, 1].map((c) => answer(c)),
      'equal_width',
    )
    expect(bins.map(({ n }) => n)).toEqual([2, 0, 1, 0, 0, 0, 1, 1, 0, 1])
  })

  it('weighs answers by how many they stand for', () => {
    const [bin] = reliabilityBins(
      [
        { confidence: 0.9, isCorrect: true, weight: 1 },
        { confidence: 0.6, isCorrect: false, weight: 3 },
      ],
      'equal_width',
      1,
    )
    expect(bin).toMatchObject({ n: 2, weight: 4, accuracy: 0.25 })
    expectClose(bin?.meanConfidence, 0.675, 1e-12)
    expectClose(bin?.gap, -0.425, 1e-12)
  })

  it('takes fewer bins of equal mass where fewer than 30 answers would fall in each', () => {
    const answers = Array.from({ length: 100 }, (_, index) => answer(index / 100))
    expect(reliabilityBins(answers, 'equal_mass').map(({ n }) => n)).toEqual([33, 34, 33])
    expect(reliabilityBins(answers.slice(0, 20), 'equal_mass')).toHaveLength(1)
    expect(reliabilityBins([], 'equal_mass')).toEqual([
      { from: 0, to: 1, n: 0, weight: 0, effectiveSize: 0, meanConfidence: null, accuracy: null, gap: null },
    ])
  })

  it('places every answer once and keeps its confidence within the bin', () => {
    fc.assert(
      fc.property(judgedAnswers, fc.constantFrom('equal_width' as const, 'equal_mass' as const), (answers, scheme) => {
        const bins = reliabilityBins(answers, scheme, 7)
        expect(bins.reduce((sum, { n }) => sum + n, 0)).toBe(answers.length)
        for (const { meanConfidence, from, to } of bins) {
          if (meanConfidence === null) continue
          expect(meanConfidence).toBeGreaterThanOrEqual(from - 1e-12)
          expect(meanConfidence).toBeLessThanOrEqual(to + 1e-12)
        }
      }),
    )
  })

  it('refuses what is no confidence and no weight', () => {
    expect(() => reliabilityBins([answer(85)], 'equal_width')).toThrow(OversightError)
    expect(() => reliabilityBins([{ ...answer(0.8), weight: 0 }], 'equal_width')).toThrow(OversightError)
  })
})

describeOracle('reliability_bins.csv', () => {
  it.each([...groupRows(oracleRows('reliability_bins'), 'weighting', 'bins')])('%s', (name, rows) => {
    const [weighting, bins] = name.split(' ')
    const { scheme, binCount } = binning(bins ?? '')
    const found = reliabilityBins(
      sampleAnswers(weighting === 'unweighted' ? 'unweighted' : 'design_weighted'),
      scheme,
      binCount,
    )
    expect(found).toHaveLength(rows.length)
    for (const [index, row] of rows.entries()) {
      const bin = found[index]
      expectClose(bin?.from, num(row, 'lo'), CLOSED_FORM)
      expectClose(bin?.to, num(row, 'hi'), CLOSED_FORM)
      expect(bin?.n).toBe(num(row, 'n'))
      if (row.gap === '') {
        expect(bin?.gap).toBeNull()
        continue
      }
      expectClose(bin?.meanConfidence, num(row, 'mean_conf'), CLOSED_FORM)
      expectClose(bin?.accuracy, num(row, 'accuracy'), CLOSED_FORM)
      expectClose(bin?.gap, num(row, 'gap'), CLOSED_FORM)
    }
  })
})
