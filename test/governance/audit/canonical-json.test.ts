import canonicalize from 'canonicalize'
import { describe, expect, it } from 'vitest'
import { canonicalJson, decimalText, type PlainJson, sha256Hex } from '#governance/audit/canonical-json.ts'
import { freezeNumbers, thawNumbers } from '#governance/audit/freeze-numbers.ts'
import { hasOracle, readOracleTable } from '#test/build/oracle.ts'

describe('canonical JSON', () => {
  it.skipIf(!hasOracle)('reproduces the RFC 8785 vectors (skipped without the oracle)', () => {
    const rows = readOracleTable('jcs.csv')
    expect(rows.length).toBeGreaterThanOrEqual(5)
    for (const row of rows) {
      const value = JSON.parse(Buffer.from(row.input_base64 ?? '', 'base64').toString()) as PlainJson
      const expected = Buffer.from(row.canonical_base64 ?? '', 'base64').toString()
      expect(canonicalize(value), row.name).toBe(expected)
      expect(sha256Hex(expected)).toBe(row.sha256_of_canonical_hex)
      // The one with fractions is what may never be hashed here.
      if (row.name === 'values.json') expect(() => canonicalJson(value)).toThrow(/decimals as text/)
      else expect(canonicalJson(value), row.name).toBe(expected)
    }
  })

  it('sorts members by UTF-16 and writes no blanks', () => {
    expect(canonicalJson({ b: 1, a: { z: null, y: [true] }, '€': 'euro', A: 2 })).toBe(
      '{"A":2,"a":{"y":[true],"z":null},"b":1,"€":"euro"}',
    )
  })

  it.each([
    ['a fraction', 0.5],
    ['a whole number beyond 2^53', 2 ** 53],
    ['minus zero', -0],
    ['NaN', Number.NaN],
    ['infinity', Number.POSITIVE_INFINITY],
    ['half a character', 'a\uD800'],
    ['a decomposed letter', 'e\u0301'],
    ['an instant that is not text', new Date(0) as unknown as PlainJson],
    ['a missing value', undefined as unknown as PlainJson],
  ])('refuses %s wherever it stands', (_name, value) => {
    expect(() => canonicalJson(value)).toThrow()
    expect(() => canonicalJson({ list: [{ inner: value }] })).toThrow(/\$\.list\[0\]\.inner|undefined/)
  })
})

describe('frozen numbers', () => {
  it('are decimal text when not whole, and come back the same', () => {
    const value = { n: 412, rate: 7 / 412, tiny: 1e-9, zero: 0, none: null, list: [0.1, 2] }
    const frozen = freezeNumbers(value)
    expect(frozen).toMatchObject({ n: 412, rate: '0.01699029126213592', tiny: '1e-9', none: null })
    expect(thawNumbers(JSON.parse(canonicalJson(frozen)), new Set())).toEqual(value)
  })

  it('leave text alone that only looks like a number', () => {
    const value = { aiVersion: '4.2', month: '2026-09', count: '12', since: new Date(0) }
    expect(thawNumbers(freezeNumbers(value), new Set(['aiVersion']))).toEqual({
      ...value,
      since: '1970-01-01T00:00:00.000Z',
    })
  })

  it('refuse what is no number', () => {
    expect(() => decimalText(Number.NaN)).toThrow()
  })
})
