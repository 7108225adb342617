import { describe, expect, it } from 'vitest'
import { standingsInForce } from '#app/evidence/type-standings.ts'
import { unregisteredEntry } from '#governance/autonomy/autonomy-entry.ts'
import { typeStanding } from '#test/build/type-history.ts'

const since = new Date('2026-09-10T00:00:00Z')
const entry = (level: 'human_as_the_loop' | 'human_in_the_loop') => ({
  ...unregisteredEntry('refund_request'),
  isRegistered: true,
  level,
  since,
})

describe('the standing of a type', () => {
  const standing = typeStanding('refund_request')

  it('is one step lower from the instant on when its decision expired, as platforms are told', () => {
    expect(standingsInForce([standing], [entry('human_as_the_loop')])).toEqual([
      { ...standing, level: 'human_as_the_loop', levelSince: since, isBaseline: false },
    ])
  })

  it('stays what the ledger says while the decision holds, and where none was ever made', () => {
    expect(standingsInForce([standing], [entry('human_in_the_loop')])).toEqual([standing])
    expect(standingsInForce([standing], [])).toEqual([standing])
    const unset = { ...standing, level: null, levelSince: null }
    expect(standingsInForce([unset], [unregisteredEntry('refund_request')])).toEqual([unset])
  })
})
