import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Destination } from '#app/search/destination.ts'
import { matchDestinations } from '#app/search/match-destinations.ts'

function place(name: string, note = ''): Destination {
  return { kind: 'page', name, note, href: `/${name}`, month: null }
}

function namesFound(typed: string, ...places: Destination[]): string[] {
  return matchDestinations(places, typed).map(({ name }) => name)
}

describe('what somebody typed finds', () => {
  it('the name itself first, then names that start so, then words, then parts of words, then notes', () => {
    const places = [
      place('Decisions', 'Also the policy followed'),
      place('Xpolicy'),
      place('New policy draft'),
      place('Policy change'),
      place('Policy'),
    ]
    expect(namesFound('policy', ...places)).toEqual([
      'Policy',
      'Policy change',
      'New policy draft',
      'Xpolicy',
      'Decisions',
    ])
  })

  it('everything in its order while nothing is typed', () => {
    expect(namesFound('  ', place('b'), place('a'))).toEqual(['b', 'a'])
  })

  it('equally likely ones in their order', () => {
    expect(namesFound('re', place('refund'), place('reply'), place('order'), place('core'))).toEqual([
      'refund',
      'reply',
      'core',
    ])
  })

  it('names whatever the case, the accents and the signs between words, on either side', () => {
    const places = [place('refund_request'), place('Réclamation'), place('Ärger-Fälle')]
    expect(namesFound('Refund request', ...places)).toEqual(['refund_request'])
    expect(namesFound('reclam', ...places)).toEqual(['Réclamation'])
    expect(namesFound('RÉCLAM', ...places)).toEqual(['Réclamation'])
    expect(namesFound('arger falle', ...places)).toEqual(['Ärger-Fälle'])
  })

  it('words in any order, and months as numbers or by name', () => {
    expect(namesFound('change deliv', place('delivery_change'))).toEqual(['delivery_change'])
    const months = [place('June 2025', '2025-06'), place('May 2025', '2025-05')]
    expect(namesFound('2025-05', ...months)).toEqual(['May 2025'])
    expect(namesFound('jun', ...months)).toEqual(['June 2025'])
  })

  it('nothing where a word is nowhere', () => {
    expect(namesFound('refund zebra', place('refund_request', 'Interaction type'))).toEqual([])
  })

  it('only what was given, each once, and always what is typed in full', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ minLength: 1 }), { minLength: 1 }), fc.nat(), (names, pick) => {
        const places = names.map((name) => place(name))
        const wanted = names[pick % names.length] ?? ''
        const found = namesFound(wanted, ...places)
        expect(found).toContain(wanted)
        expect(new Set(found).size).toBe(found.length)
        expect(names).toEqual(expect.arrayContaining(found))
      }),
    )
  })
})
