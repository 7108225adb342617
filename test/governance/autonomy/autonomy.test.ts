import { DefaultLogger } from '@openfeature/core'
import { FlagdCore, MemoryStorage } from '@openfeature/flagd-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { AutonomyEntry } from '#governance/autonomy/autonomy-entry.ts'
import { flagDefinition } from '#governance/autonomy/flag-definition.ts'
import { listAutonomy } from '#governance/autonomy/list-autonomy.ts'
import { expireDecisions } from '#governance/review/expire-decisions.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { addPeople, addType, type BuiltLedger, buildLedger, type People, password } from '#test/build/ledger.ts'

let at: BuiltLedger
let people: People

beforeAll(async () => {
  at = await buildLedger()
  people = await addPeople(at)
  await addType(at, people, 'order_status', 'human_on_the_loop')
  await addType(at, people, 'privacy', 'human_as_the_loop')
  await addType(at, people, 'refund_request', null)
})
afterAll(() => at.remove())

const entries = () => listAutonomy(at.ledger, at.clock().now)
const entryOf = async (type: string) =>
  (await entries()).find(({ interactionType }) => interactionType === type) as AutonomyEntry

describe('the levels that a platform obeys', () => {
  it('are those in force, by name, and human-led where nothing was decided', async () => {
    expect((await entries()).map(({ interactionType, level }) => [interactionType, level])).toEqual([
      ['order_status', 'human_on_the_loop'],
      ['privacy', 'human_as_the_loop'],
      ['refund_request', 'human_as_the_loop'],
    ])
    expect(await entryOf('refund_request')).toMatchObject({ isRegistered: true, since: null, decisionId: null })
    expect(await entryOf('order_status')).toMatchObject({ levelAfter: 'human_in_the_loop', policyVersion: 1 })
    expect((await entryOf('privacy')).validUntil).toBeNull()
  })

  it('drop the instant that the decision is no longer valid', async () => {
    const { validUntil } = await entryOf('order_status')
    const instant = validUntil as Date
    const asOf = async (now: Date) =>
      (await listAutonomy(at.ledger, now)).find((e) => e.interactionType === 'order_status')
    expect(await asOf(new Date(instant.getTime() - 1))).toMatchObject({ level: 'human_on_the_loop' })
    const past = await asOf(instant)
    expect(past).toMatchObject({ level: 'human_in_the_loop', since: instant, validUntil: null })
  })

  it('drop with a stop at once', async () => {
    await stopType(
      at.ledger,
      { interactionType: 'order_status', reason: 'wrong answers', by: people.anna.id, password },
      at.clock(),
    )
    const stopped = await entryOf('order_status')
    expect(stopped.since).toEqual(at.clock().now)
    expect(stopped.level).not.toBe('human_on_the_loop')
  })
})

describe('a decision that ran out', () => {
  it('gives the same level before and after that is written down', async () => {
    const other = await buildLedger()
    await addType(other, await addPeople(other), 'order_status', 'human_on_the_loop')
    const level = async () => (await listAutonomy(other.ledger, other.clock().now)).map((one) => one.level)
    other.pass(200 * 24 * 60)
    expect(await level()).toEqual(['human_in_the_loop'])
    expect(await expireDecisions(other.ledger, other.clock())).toHaveLength(1)
    expect(await level()).toEqual(['human_in_the_loop'])
    await other.remove()
  })
})

describe('the levels as flags', () => {
  const since = new Date('2026-09-01T00:00:00.000Z')
  const validUntil = new Date('2027-03-01T00:00:00.000Z')
  const entry = { isRegistered: true, since, decisionId: 'd1', policyVersion: 1 }
  const acting: AutonomyEntry = {
    ...entry,
    interactionType: 'order_status',
    level: 'human_on_the_loop',
    levelAfter: 'human_in_the_loop',
    validUntil,
  }
  const led: AutonomyEntry = {
    ...entry,
    interactionType: 'privacy',
    level: 'human_as_the_loop',
    levelAfter: 'human_as_the_loop',
    validUntil: null,
  }

  /** The evaluator that OpenFeature's flagd providers run, set to refuse what the published schema does not allow. */
  function evaluator(definition: object): FlagdCore {
    const logger = new DefaultLogger()
    const storage = new MemoryStorage(logger)
    const core = new FlagdCore(storage, logger)
    storage.setConfigurations(JSON.stringify(definition), true)
    return core
  }

  it('are read by the evaluator itself, with where they come from', () => {
    const core = evaluator(flagDefinition([acting, led]))
    expect([...core.getFlags().keys()]).toEqual(['oversight_level.order_status', 'oversight_level.privacy'])
    const privacy = core.resolveStringEvaluation('oversight_level.privacy', 'none')
    expect(privacy.value).toBe('human_as_the_loop')
    expect(privacy.flagMetadata).toMatchObject({ decisionId: 'd1', since: since.toISOString(), policyVersion: 1 })
    const unknown = core.resolveStringEvaluation('oversight_level.unknown', 'human_as_the_loop')
    expect(unknown).toMatchObject({ value: 'human_as_the_loop', errorCode: 'FLAG_NOT_FOUND' })
  })

  it('lower themselves when the decision expires, without asking anybody', () => {
    const { targeting } = flagDefinition([acting]).flags['oversight_level.order_status'] ?? {}
    expect(targeting?.if).toEqual([
      { '>=': [{ var: '$flagd.timestamp' }, validUntil.getTime() / 1000] },
      'human_in_the_loop',
    ])
    // The evaluator takes the time from the clock: a decision that ran out long ago, and one that holds for a century.
    const resolved = (until: string) =>
      evaluator(flagDefinition([{ ...acting, validUntil: new Date(until) }])).resolveStringEvaluation(
        'oversight_level.order_status',
        'none',
      ).value
    expect(resolved('2001-01-01T00:00:00.000Z')).toBe('human_in_the_loop')
    expect(resolved('2199-01-01T00:00:00.000Z')).toBe('human_on_the_loop')
  })

  it('are refused by that evaluator when a variant is missing, so the check is one', () => {
    const { flags, ...rest } = flagDefinition([led])
    const broken = { ...flags['oversight_level.privacy'], variants: {}, state: 'MAYBE' }
    expect(() => evaluator({ ...rest, flags: { 'oversight_level.privacy': broken } })).toThrow()
  })

  it('are the same text for the same levels', () => {
    expect(JSON.stringify(flagDefinition([acting, led]))).toBe(JSON.stringify(flagDefinition([acting, led])))
  })
})
