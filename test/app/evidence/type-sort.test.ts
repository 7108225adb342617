import { describe, expect, it } from 'vitest'
import type { TypeRow } from '#app/evidence/type-row.ts'
import { parseTypeSort, sortTypeGroups, typeSorts } from '#app/evidence/type-sort.ts'

const number = (value: number | null) => ({ text: String(value), value, why: null, href: null, change: null })

function row(interactionType: string, contacts: number, csat: number | null): TypeRow {
  return {
    interactionType,
    href: '',
    level: null,
    ceiling: null,
    isRegistered: true,
    contacts: number(contacts),
    aiShare: number(null),
    error: { kind: 'none', why: '' },
    csat: number(csat),
    repeat: number(null),
    escalation: number(null),
    status: { kind: 'pass', word: 'Healthy' },
    decision: { text: '', href: null },
  }
}

const groups = [
  { title: 'Open', rows: [row('small', 10, 0.9), row('unknown', 500, null), row('large', 900, 0.7)] },
  { title: 'Decided', rows: [row('other', 1, 0.1)] },
]

function sorted(search: string): string[][] {
  return sortTypeGroups(groups, parseTypeSort(new URLSearchParams(search))).map(({ rows }) =>
    rows.map(({ interactionType }) => interactionType),
  )
}

describe('the order of the types', () => {
  it('is by contacts, most first, unless the address names another; groups stay where they are', () => {
    expect(sorted('')).toEqual([['large', 'unknown', 'small'], ['other']])
    expect(sorted('sort=type')).toEqual([['large', 'small', 'unknown'], ['other']])
    expect(sorted('sort=moon&order=asc')).toEqual([['large', 'unknown', 'small'], ['other']])
  })

  it('puts types without a value last, whichever the direction', () => {
    expect(sorted('sort=csat&order=asc')[0]).toEqual(['large', 'small', 'unknown'])
    expect(sorted('sort=csat&order=desc')[0]).toEqual(['small', 'large', 'unknown'])
  })

  it('is in every head: a second click turns it round, the rest of the address is kept', () => {
    const sorts = typeSorts(new URLSearchParams('month=2026-09&channel=chat&sort=csat&order=asc'))
    expect(sorts.csat).toEqual({ href: '?month=2026-09&channel=chat&sort=csat&order=desc', current: 'ascending' })
    expect(sorts.contacts).toEqual({ href: '?month=2026-09&channel=chat&sort=contacts&order=desc', current: null })
  })
})
