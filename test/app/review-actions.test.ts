import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ledger } from '#app/ledger.server.ts'
import { actOnReviewType } from '#app/review-actions.server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import type { User } from '#governance/accounts/user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { password } from '#test/build/ledger.ts'
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
