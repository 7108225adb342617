import { expect, it } from 'vitest'
import { backTestView } from '#app/policy/back-test-view.ts'
import type { BackTestRow } from '#governance/policy/back-test.ts'

const row = (month: string, interactionType: string, change: Partial<BackTestRow> = {}): BackTestRow => ({
  month,
  interactionType,
  level: 'human_in_the_loop',
  before: 'keep',
  after: 'keep',
  reason: null,
  ...change,
})

it('shows types by months, the newest twelve, and lists what differs, newest first', () => {
  const months = Array.from({ length: 14 }, (_, index) =>
    index < 12 ? `2025-${String(index + 1).padStart(2, '0')}` : `2026-0${index - 11}`,
  )
  const view = backTestView([
    ...months.map((month) => row(month, 'refund')),
    row('2025-01', 'order', { after: 'reduce' }),
    row('2025-12', 'order', { before: 'expand', reason: 'a signal is open' }),
    row('2026-02', 'order', { after: 'reduce' }),
  ])
  expect(view.months).toHaveLength(12)
  expect(view.types.map(({ interactionType }) => interactionType)).toEqual(['order', 'refund'])
  expect(view.types[0]?.cells.filter((cell) => cell !== null)).toEqual([
    { before: 'expand', after: 'keep' },
    { before: 'keep', after: 'reduce' },
  ])
  expect(view.differences.map(({ month }) => month)).toEqual(['2026-02', '2025-12'])
  expect(view.sentence.strong).toBe('2 of 14 recommendations would have been different.')
  expect(view.sentence.rest).toBe(
    'March 2025 to February 2026. The draft would have recommended keep in 1 and reduce in 1 of these instead.',
  )
})

it('says so when nothing would have been different, or nothing is there', () => {
  expect(backTestView([row('2026-02', 'order')]).sentence.strong).toMatch(/^None of 1 recommendation/)
  expect(backTestView([]).types).toEqual([])
})
