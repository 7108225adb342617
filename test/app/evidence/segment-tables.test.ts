import { expect, it } from 'vitest'
import { segmentTables } from '#app/evidence/type/segment-tables.ts'
import type { SegmentResult } from '#governance/evaluate/evaluation.ts'
import { parseMonth } from '#models/reporting-month.ts'
import type { SegmentCounts, SegmentKind } from '#models/segments/list-segment-counts.ts'

const counts = (kind: SegmentKind, segment: string, more: Partial<SegmentCounts> = {}): SegmentCounts => ({
  month: parseMonth('2026-09'),
  interactionType: 't',
  kind,
  segment,
  contacts: 1000,
  sentAlone: 0,
  reviewed: 0,
  errors: 0,
  ...more,
})
const vip = { name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true } as const
const failing = { segment: 'vip', verdict: 'failing' } as SegmentResult

it('adds the months up and shows each rate with its interval and counts, with the ceiling and what went over it', () => {
  const rows = [
    counts('customers', 'vip', { sentAlone: 30, reviewed: 20, errors: 4 }),
    counts('customers', 'vip', { month: parseMonth('2026-08'), reviewed: 23, errors: 6 }),
  ]
  expect(segmentTables({ counts: rows, policy: { segments: [vip] }, results: [failing] })).toEqual([
    {
      id: 'segments-customers',
      caption: 'Customers',
      rows: [
        {
          name: 'VIP customers',
          kind: 'customers',
          contacts: '2,000',
          errors: '10 of 43',
          rate: { text: '23.3\u202f%', interval: '13.2\u00a0to\u00a037.7' },
          ceiling: 'human_in_the_loop',
          overCeiling: '30',
          isFailing: true,
        },
      ],
      facts: {
        columns: [
          ...['kind', 'segment', 'contact_count', 'sent_alone_count', 'reviewed_count', 'error_count'],
          ...['ceiling', 'is_failing'],
        ],
        rows: [['customers', 'vip', 2000, 30, 43, 10, 'human_in_the_loop', true]],
      },
    },
  ])
})

it('states no rate of fewer than 30 reviews, and no ceiling where the policy sets none', () => {
  const rows = [counts('customers', 'distressed', { reviewed: 29, errors: 2 })]
  expect(segmentTables({ counts: rows, policy: {}, results: [] })[0]?.rows).toMatchObject([
    { name: 'Distressed customers', errors: '2 of 29', rate: null, ceiling: null, overCeiling: null },
  ])
})

it('names a declared segment that nobody was in', () => {
  expect(segmentTables({ counts: [], policy: { segments: [vip] }, results: [] })).toMatchObject([
    { caption: 'Customers', rows: [{ name: 'VIP customers', contacts: '0', errors: '0 of 0', rate: null }] },
  ])
})

it('puts channels before languages, and keeps a channel apart from a language and from customers of that name', () => {
  const rows = [
    counts('language', 'vip', { contacts: 3 }),
    counts('language', 'unknown', { contacts: 2 }),
    counts('channel', 'voice', { contacts: 1 }),
  ]
  const [table] = segmentTables({ counts: rows, policy: {}, results: [failing] })
  expect(table?.rows.map(({ name, kind, contacts, isFailing }) => [name, kind, contacts, isFailing])).toEqual([
    ['Voice', 'channel', '1', false],
    ['Language unknown', 'language', '2', false],
    ['vip', 'language', '3', false],
  ])
})

it('is not there without a segment', () => {
  expect(segmentTables({ counts: [], policy: {}, results: [] })).toEqual([])
})
