import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { comparisonKinds, parseComparisonKind, writeComparisonKind } from '#app/evidence/comparison/comparison-kind.ts'
import {
  type EvidenceFilter,
  filterPhrase,
  filterWords,
  isFiltered,
  isNarrowed,
  noFilter,
  parseEvidenceFilter,
  writeEvidenceFilter,
} from '#app/evidence/filter/evidence-filter.ts'

const name = fc
  .string({ minLength: 1, maxLength: 60 })
  .map((text) => text.trim())
  .filter((text) => text !== '')
const anyFilter: fc.Arbitrary<EvidenceFilter> = fc.record({
  area: fc.option(name),
  channel: fc.option(name),
  customerTier: fc.option(fc.constantFrom('standard' as const, 'vip' as const, 'unknown' as const)),
  aiVersion: fc.option(name),
})
const otherSearch = fc
  .dictionary(fc.constantFrom('month', 'view', 'metric', 'page'), fc.string())
  .map((parts) => new URLSearchParams(parts))

describe('the evidence filter in the address', () => {
  it('comes back as it was written, whatever the address said before, and leaves the rest of it alone', () => {
    fc.assert(
      fc.property(anyFilter, anyFilter, otherSearch, (before, filter, search) => {
        const written = writeEvidenceFilter(writeEvidenceFilter(search, before), filter)
        const read = new URLSearchParams(written.toString())
        expect(parseEvidenceFilter(read)).toEqual(filter)
        for (const [key, value] of search) expect(read.get(key)).toBe(value)
      }),
    )
  })

  it('is no filter where the parts are empty, as a form sends them', () => {
    const search = new URLSearchParams('month=2026-09&area=&channel=+&customers=&version=')
    expect(parseEvidenceFilter(search)).toEqual(noFilter)
    expect(isFiltered(noFilter)).toBe(false)
  })

  it('refuses what it cannot use instead of showing all contacts', () => {
    expect(() => parseEvidenceFilter(new URLSearchParams('customers=gold'))).toThrow('customers cannot be “gold”')
    expect(() => parseEvidenceFilter(new URLSearchParams({ channel: 'x'.repeat(201) }))).toThrow('channel cannot be')
  })

  it('is said in words', () => {
    expect(filterWords({ area: 'orders', channel: 'chat', customerTier: 'vip', aiVersion: '4.2' })).toBe(
      'orders, chat, VIP customers, AI version 4.2',
    )
    expect(filterWords(noFilter)).toBe('')
  })

  it('is said after what it narrows', () => {
    expect(filterPhrase({ ...noFilter, channel: 'voice' })).toBe('by voice')
    expect(filterPhrase({ area: 'orders', channel: 'social', customerTier: 'unknown', aiVersion: 'unknown' })).toBe(
      'in the area orders, by social media, of customers of no stated tier, without a stated AI version',
    )
    expect(filterPhrase(noFilter)).toBe('')
  })

  it('narrows the numbers of a type, unless it only chooses types', () => {
    expect(isNarrowed({ ...noFilter, area: 'orders' } as EvidenceFilter)).toBe(false)
    expect(isNarrowed({ ...noFilter, channel: 'chat' })).toBe(true)
  })
})

describe('the comparison in the address', () => {
  it('comes back as it was written', () => {
    for (const kind of comparisonKinds) {
      expect(parseComparisonKind(writeComparisonKind(new URLSearchParams('compare=year'), kind))).toBe(kind)
    }
    expect(parseComparisonKind(new URLSearchParams('compare=moon'))).toBe('previous')
  })
})
