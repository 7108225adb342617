import { describe, expect, it } from 'vitest'
import { seededRandom } from '#models/statistics/seeded-random.ts'
import { expectClose } from './closeness.ts'

const draw = (seed: number, count: number) => {
  const random = seededRandom(seed)
  return Array.from({ length: count }, random)
}

describe('seededRandom', () => {
  it('repeats itself for a seed and differs between seeds', () => {
    expect(draw(7, 50)).toEqual(draw(7, 50))
    expect(draw(7, 50)).not.toEqual(draw(8, 50))
    expect(draw(2 ** 40 + 7, 50)).not.toEqual(draw(7, 50))
  })

  it('is uniform in [0, 1) and its neighbours are unrelated', () => {
    const values = draw(1, 100_000)
    expect(values.every((value) => value >= 0 && value < 1)).toBe(true)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    expectClose(mean, 0.5, 0.004)
    const product = values.slice(1).reduce((sum, value, index) => sum + (value - 0.5) * ((values[index] ?? 0) - 0.5), 0)
    expectClose((product / values.length) * 12, 0, 0.013)
    const bins = Array(10).fill(0)
    for (const value of values) bins[Math.floor(value * 10)] += 1
    for (const count of bins) expectClose(count, 10_000, 400)
  })
})
