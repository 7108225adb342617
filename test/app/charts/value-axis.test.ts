import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createValueAxis } from '#app/charts/value-axis.ts'

describe('createValueAxis', () => {
  it('has round ends and ticks', () => {
    expect(createValueAxis([0.021, 0.112], { fromZero: true, intervals: 5 })).toEqual({
      from: 0,
      through: 0.15,
      ticks: [0, 0.05, 0.1, 0.15],
    })
  })

  it('keeps within what the unit allows', () => {
    const axis = createValueAxis([88, 99.5], { least: 0, most: 100 })
    expect(axis.through).toBe(100)
  })

  it('has no ticks between whole numbers of contacts', () => {
    expect(createValueAxis([0, 2], { isWhole: true }).ticks).toEqual([0, 1, 2])
    expect(createValueAxis([0, 400], { isWhole: true }).ticks).toEqual([0, 100, 200, 300, 400])
  })

  it('gives a lone value room on both sides', () => {
    const axis = createValueAxis([90])
    expect(axis.from).toBeLessThan(90)
    expect(axis.through).toBeGreaterThan(90)
  })

  it('holds every value, with at least two ticks', () => {
    const values = fc.array(fc.double({ min: 0.001, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 12 })
    fc.assert(
      fc.property(values, fc.boolean(), (list, fromZero) => {
        const axis = createValueAxis(list, { fromZero })
        const room = 1e-6 * Math.max(...list)
        return (
          axis.from <= Math.min(...list) + room &&
          axis.through >= Math.max(...list) - room &&
          axis.ticks.length >= 2 &&
          axis.ticks.length <= 12
        )
      }),
    )
  })
})
