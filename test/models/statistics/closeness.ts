import { expect } from 'vitest'

/** Expects |actual - expected| <= tolerance (absolute), with both numbers in the failure. */
export function expectClose(actual: number | null | undefined, expected: number, tolerance: number, what = ''): void {
  const isClose = typeof actual === 'number' && Math.abs(actual - expected) <= tolerance
  expect(isClose, `${what} expected ${expected} within ${tolerance}, got ${actual}`).toBe(true)
}
