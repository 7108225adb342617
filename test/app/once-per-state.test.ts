import { describe, expect, it, onTestFinished } from 'vitest'
import { ledger } from '#app/ledger.server.ts'
import { oncePerState } from '#app/once-per-state.server.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { password } from '#test/build/ledger.ts'
import { buildWeb, type TestWeb } from '#test/build/web.ts'

const now = new Date('2026-10-12T09:00:00Z')
const seconds = (count: number) => new Date(now.getTime() + count * 1000)

/** Asks at an instant, and answers how often it was read altogether. */
function asking(at: TestWeb) {
  let reads = 0
  return (when: Date, question = 'how many') =>
    at.request(() =>
      oncePerState([question], when, async () => {
        reads += 1
        return reads
      }),
    )
}

function web(): TestWeb {
  const built = buildWeb()
  onTestFinished(() => built.remove())
  return built
}

describe('what is read once per state', () => {
  it('is the same for every request while nothing changes, and another one for another question', async () => {
    const ask = asking(web())
    expect(await ask(now)).toBe(1)
    expect(await ask(seconds(899))).toBe(1)
    expect(await ask(now, 'how much')).toBe(2)
  })

  it('is read again with the next request after anybody did anything that enters the trail', async () => {
    const at = web()
    const ask = asking(at)
    await ask(now)
    await at.request(async () => {
      const person = { email: 'owner@example.com', name: 'Owner', roles: ['viewer' as const], password }
      await createUser(await ledger(), { ...person, by: 'system' }, systemClock())
    })
    expect(await ask(now)).toBe(2)
  })

  it('is read again every quarter of an hour, since months close with time', async () => {
    const ask = asking(web())
    await ask(now)
    expect(await ask(seconds(15 * 60 - 1))).toBe(1)
    expect(await ask(seconds(15 * 60))).toBe(2)
  })
})
