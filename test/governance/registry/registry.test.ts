import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { levelAt } from '#governance/levels/level-at.ts'
import { changeType } from '#governance/registry/change-type.ts'
import { listDutiesWritten } from '#governance/registry/list-duties-written.ts'
import { findRegisteredType, listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { addPeople, addType, buildLedger, type People, password, type TestLedger } from '#test/build/ledger.ts'

let at: TestLedger
let people: People
beforeEach(async () => {
  at = await buildLedger()
  people = await addPeople(at)
})
afterEach(() => at.remove())

const input = (change: Partial<Parameters<typeof registerType>[1]> = {}) => ({
  interactionType: 'telecom:mobile_data_issue',
  area: 'telecom',
  riskTier: 'medium' as const,
  ceiling: 'human_in_the_loop' as const,
  ownerId: people.owner.id,
  aiDoes: 'diagnoses',
  humansDo: 'approve',
  requiredControls: 'grounding',
  isDisclosureAttested: true,
  by: people.admin.id,
  ...change,
})
const register = (change: Partial<Parameters<typeof registerType>[1]> = {}) =>
  registerType(at.ledger, input(change), at.clock())
const baseline = (change: Partial<Parameters<typeof recordBaseline>[1]> = {}) =>
  recordBaseline(
    at.ledger,
    {
      interactionType: 'telecom:mobile_data_issue',
      level: 'human_in_the_loop',
      reason: 'as it is',
      by: people.anna.id,
      password,
      ...change,
    },
    at.clock(),
  )

describe('the registry', () => {
  it('takes a type once, from an approver, an admin or the command line', async () => {
    await expect(register({ by: people.viewer.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(register({ by: people.owner.id, ownerId: 'nobody' })).rejects.toMatchObject({
      code: 'unauthenticated',
    })
    await register({ by: people.anna.id })
    await expect(register()).rejects.toMatchObject({ code: 'conflict' })
    expect(await listRegisteredTypes(at.ledger)).toMatchObject([
      { interactionType: 'telecom:mobile_data_issue', ownerName: 'Odo Owner', ceiling: 'human_in_the_loop' },
    ])
  })

  it.each([
    ['an empty name', { interactionType: ' ' }],
    ['a name that begins with a blank', { interactionType: ' a' }],
    ['an unknown tier', { riskTier: 'none' as never }],
    ['an unknown level', { ceiling: 'none' as never }],
  ])('refuses %s', async (_name, change) => {
    await expect(register(change)).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('does not lower a ceiling under the level in force', async () => {
    await register()
    await baseline()
    const change = (ceiling: 'human_as_the_loop' | 'human_on_the_loop') =>
      changeType(at.ledger, input({ ceiling }), at.clock())
    await expect(change('human_as_the_loop')).rejects.toThrow(/Reduce it first/)
    await change('human_on_the_loop')
    expect((await findRegisteredType(at.ledger, 'telecom:mobile_data_issue'))?.ceiling).toBe('human_on_the_loop')
    expect([...(await listDutiesWritten(at.ledger)).keys()]).toEqual(['telecom:mobile_data_issue'])
    await expect(changeType(at.ledger, input({ interactionType: 'unheard_of' }), at.clock())).rejects.toMatchObject({
      code: 'not_found',
    })
  })
})

describe('what is stated of a type', () => {
  const stated = {
    interactionType: 'telecom:mobile_data_issue',
    riskClass: 'limited' as const,
    riskClassReason: 'ordinary support',
    hasLegalEffect: false,
    knowledgeSources: 'help centre',
    moneyLimit: '100 EUR',
  }
  const record = (change: Partial<Parameters<typeof recordTypeFacts>[1]> = {}) =>
    recordTypeFacts(at.ledger, { ...stated, by: people.anna.id, ...change }, at.clock())
  const found = async () => (await findRegisteredType(at.ledger, stated.interactionType))?.facts

  it('is nothing at first; each change is a version and the newest holds', async () => {
    await expect(record()).rejects.toMatchObject({ code: 'not_found' })
    await register()
    expect(await found()).toBeNull()
    await expect(record({ by: people.viewer.id })).rejects.toMatchObject({ code: 'forbidden' })
    await record()
    expect(await record({ moneyLimit: ' ', knowledgeSources: 'tariffs' })).toEqual({ version: 2 })
    expect(await found()).toMatchObject({ version: 2, moneyLimit: null, knowledgeSources: 'tariffs' })
    expect((await listRegisteredTypes(at.ledger))[0]?.facts).toEqual(await found())
  })

  it.each([
    ['no reason for the risk class', { riskClassReason: ' ' }],
    ['an unknown risk class', { riskClass: 'none' as never }],
    ['a money limit without a currency', { moneyLimit: '100' }],
    ['a money limit in no currency', { moneyLimit: '100 ABC' }],
  ])('refuses %s', async (_name, change) => {
    await register()
    await expect(record(change)).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('bars the baseline from a level that it forbids, and is barred by the level in force', async () => {
    await register({ ceiling: 'human_on_the_loop' })
    await record({ hasLegalEffect: true })
    await expect(baseline({ level: 'human_on_the_loop' })).rejects.toThrow(/legal or similarly significant effect/)
    await baseline()
    await record({ riskClass: 'high' })
    await expect(record({ riskClass: 'blocked' })).rejects.toThrow(/stop it first/)
    expect(await found()).toMatchObject({ version: 2, riskClass: 'high' })
  })
})

describe('the baseline', () => {
  it('is the signed first level, in force from its signing', async () => {
    await register()
    const { decision, receipt } = await baseline()
    expect(decision).toMatchObject({
      kind: 'baseline',
      fromLevel: null,
      toLevel: 'human_in_the_loop',
      meaning: 'recorded in-the-loop as the first level of telecom:mobile_data_issue',
    })
    expect(receipt.text).not.toBeNull()
    const { interactionType } = decision
    expect(await levelAt(at.ledger, { interactionType, at: at.clock().now })).toMatchObject({ isBaseline: true })
    const before = new Date(at.clock().now.getTime() - 1)
    expect(await levelAt(at.ledger, { interactionType, at: before })).toBeUndefined()
  })

  it('needs registration, an approver who is not the owner, the password, and room under the ceiling', async () => {
    await expect(baseline()).rejects.toMatchObject({ code: 'not_found' })
    await register()
    await expect(baseline({ by: people.rena.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(baseline({ by: people.owner.id })).rejects.toMatchObject({ code: 'forbidden' })
    await expect(baseline({ password: 'wrong' })).rejects.toMatchObject({ code: 'unauthenticated' })
    await expect(baseline({ reason: '' })).rejects.toMatchObject({ code: 'bad_input' })
    await expect(baseline({ level: 'human_on_the_loop' })).rejects.toThrow(/ceiling/)
    await baseline()
    await expect(baseline()).rejects.toThrow(/has its baseline/)
  })

  it('is signed once when two sign at the same time', async () => {
    await addType(at, people, 'returns', null)
    const sign = (by: string) => baseline({ interactionType: 'returns', by })
    const results = await Promise.allSettled([sign(people.anna.id), sign(people.boris.id)])
    expect(results.map((result) => result.status).sort()).toEqual(['fulfilled', 'rejected'])
  })
})
