import { describe, expect, it } from 'vitest'
import { csatAtOneMix } from '#models/warning-signs/csat-at-one-mix.ts'

const month = (chat: [number, number], email: [number, number] | null) =>
  new Map([['chat', { k: chat[0], n: chat[1] }], ...(email ? [['email', { k: email[0], n: email[1] }] as const] : [])])

describe('csatAtOneMix', () => {
  it('leaves months of one channel as they were counted', () => {
    expect(csatAtOneMix([month([80, 100], null), month([45, 60], null)])).toEqual([
      { k: 80, n: 100 },
      { k: 45, n: 60 },
    ])
  })

  it('does not move when only the mix does', () => {
    const moved = csatAtOneMix([month([90, 100], [240, 300]), month([270, 300], [80, 100])])
    const [before, after] = moved.map(({ k, n }) => k / n)
    expect(before).toBeCloseTo(0.85, 2)
    expect(after).toBeCloseTo(0.85, 2)
    // Uneven months tell less than as many answers in the mix of both would.
    expect(moved.every(({ n }) => n < 400)).toBe(true)
  })

  it('has no comparable answer where much of the mix was not heard', () => {
    expect(csatAtOneMix([month([90, 100], [80, 100]), month([90, 100], null)])[1]).toEqual({ k: 0, n: 0 })
    expect(csatAtOneMix([month([90, 100], [4, 5]), month([90, 100], null)])[1]).not.toEqual({ k: 0, n: 0 })
    expect(csatAtOneMix([])).toEqual([])
  })
})
