import { describe, expect, it } from 'vitest'
import { isLoweredSince } from '#governance/levels/is-lowered-since.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'

const level = (
  oversight_level: LevelsInForceTable['oversight_level'],
  from: string,
  to: string | null,
): LevelsInForceTable => ({
  interaction_type: 'password_reset',
  oversight_level,
  effective_from: new Date(from),
  effective_to: to === null ? null : new Date(to),
})

describe('whether the level was lowered since', () => {
  const stopped = [
    level('human_on_the_loop', '2025-01-01', '2025-06-20'),
    level('human_in_the_loop', '2025-06-20', null),
  ]

  it('is so where more autonomy was in force after the instant', () => {
    expect(isLoweredSince(stopped, new Date('2024-12-30'))).toBe(true)
    expect(isLoweredSince(stopped, new Date('2025-06-20'))).toBe(false)
  })

  it('is not so of an expansion, or without a level', () => {
    const expanded = [
      level('human_in_the_loop', '2025-01-01', '2025-06-20'),
      level('human_on_the_loop', '2025-06-20', null),
    ]
    expect(isLoweredSince(expanded, new Date('2024-12-30'))).toBe(false)
    expect(isLoweredSince([], new Date('2024-12-30'))).toBe(false)
  })
})
