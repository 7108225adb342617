import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledger } from '#app/ledger.server.ts'
import { actOnReviewType } from '#app/review-actions.server.ts'
import { getReviewTypePage } from '#app/review-type-page.server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import type { User } from '#governance/accounts/user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { propose } from '#governance/review/propose.ts'
import { stopType } from '#governance/review/stop-type.ts'
import { parseMonth } from '#models/reporting-month.ts'
import {
  addPeople,
  addType,
  evidenceHashOf,
  openSeptember,
  type People,
  password,
  type TestLedger,
} from '#test/build/ledger.ts'
import { buildWeb, originOf, type TestWeb } from '#test/build/web.ts'

const interactionType = 'refund_request'

describe('registering a type and signing its first level in one form', () => {
  let web: TestWeb
  let signer: User
  let owner: User

  beforeAll(async () => {
    web = buildWeb()
    const person = (name: string) =>
      web.request(async () =>
        createUser(
          await ledger(),
          { email: `${name}@example.com`, name, roles: ['approver'], password, by: 'system' },
          systemClock(),
        ),
      )
    signer = await person('signer')
    owner = await person('owner')
  })
  afterAll(() => web.remove())

  it.each([
    ['a level beyond the ceiling', { level: 'human_on_the_loop' }, 'ceiling'],
    ['the signer as the owner', { ownerId: 'signer' }, 'ownerId'],
  ])('registers nothing when the level would be refused: %s', async (_what, changed, field) => {
    const form = {
      area: 'payments',
      riskTier: 'medium',
      ceiling: 'human_in_the_loop',
      ownerId: owner.id,
      aiDoes: '',
      humansDo: '',
      requiredControls: '',
      level: 'human_in_the_loop',
      reason: 'As the helpdesk is set up.',
      password,
      ...changed,
      ...('ownerId' in changed ? { ownerId: signer.id } : {}),
    }
    const outcome = await web.request(() =>
      actOnReviewType(new Request(`${originOf(web.runtime)}/`), {
        month: '2026-09',
        interactionType,
        intent: 'baseline',
        form,
        user: signer,
      }),
    )
    expect(outcome).toMatchObject({ errors: { fields: { [field]: expect.any(String) } } })
    expect(await web.request(async () => findRegisteredType(await ledger(), interactionType))).toBeUndefined()
  })
})

describe('the forms about a proposal', () => {
  let web: TestWeb
  let people: People
  let proposalId: string
  let evidenceHash: string

  beforeAll(async () => {
    web = buildWeb()
    await web.request(async () => {
      const { newId } = systemClock()
      let minutes = 0
      const at: TestLedger = {
        ledger: await ledger(),
        directory: web.runtime.home.directory,
        clock: () => ({ now: new Date(Date.UTC(2026, 9, 12, 9, minutes)), newId }),
        pass: (count) => {
          minutes += count
        },
        remove: async () => {},
      }
      people = await addPeople(at)
      for (const type of [interactionType, 'delivery_change']) await addType(at, people, type, 'human_in_the_loop')
      await openSeptember(at, { [interactionType]: 'expand', delivery_change: 'expand' })
      const input = { month: '2026-09', interactionType, action: 'expand', reason: '', by: people.rena.id } as const
      proposalId = (await propose(at.ledger, input, at.clock())).proposalId
      evidenceHash = await evidenceHashOf(at, interactionType)
    })
  })
  afterAll(() => web.remove())

  it.each([
    ['another type', { interactionType: 'delivery_change' }],
    ['another month', { month: '2026-08' }],
  ])('sign and withdraw nothing on the page of %s', async (_what, page) => {
    const act = (intent: string, form: Record<string, string>) =>
      web.request(() =>
        actOnReviewType(new Request(`${originOf(web.runtime)}/`), {
          month: '2026-09',
          interactionType,
          ...page,
          intent,
          form: { proposalId, ...form },
          user: people.anna,
        }),
      )
    const ballot = { evidenceHash, vote: 'approve', reason: '', password }
    await expect(act('vote', ballot)).rejects.toMatchObject({ code: 'conflict' })
    await expect(act('withdraw', { withdrawalReason: 'a mistake' })).rejects.toMatchObject({ code: 'conflict' })
    const { db } = await web.request(() => ledger())
    expect(await db.selectFrom('votes').selectAll().execute()).toEqual([])
    expect(await db.selectFrom('proposal_withdrawals').selectAll().execute()).toEqual([])
  })

  it('sign on the page of the proposal', async () => {
    const outcome = await web.request(() =>
      actOnReviewType(new Request(`${originOf(web.runtime)}/`), {
        month: '2026-09',
        interactionType,
        intent: 'vote',
        form: { proposalId, evidenceHash, vote: 'approve', reason: '', password },
        user: people.anna,
      }),
    )
    expect(outcome).toMatchObject({ headers: { 'Set-Cookie': expect.any(String) } })
  })

  it('stand under the notice that the level moved, once a stop came after the evidence', async () => {
    const movedLevel = async () =>
      web.request(
        async () => (await getReviewTypePage(parseMonth('2026-09'), 'delivery_change', people.rena)).movedLevel,
      )
    expect(await movedLevel()).toBeNull()
    const stop = { interactionType: 'delivery_change', reason: 'Wrong addresses', by: people.anna.id, password }
    await web.request(async () => stopType(await ledger(), stop, systemClock()))
    expect(await movedLevel()).toEqual({ judgedAt: 'human_in_the_loop', mayJudgeAgain: true })
  })
})
