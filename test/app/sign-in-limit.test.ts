import { describe, expect, it, onTestFinished } from 'vitest'
import { countFailedSignIn, failuresPerWindow, isAddressPaused } from '#app/sign-in-limit.server.ts'
import { buildWeb } from '#test/build/web.ts'

const minutes = (count: number): number => count * 60_000

describe('failed sign-ins from one network address', () => {
  it('pause that address, over all accounts, until the window ends', async () => {
    const web = buildWeb()
    onTestFinished(() => web.remove())
    const fail = (at: number, address: string) => web.request(() => countFailedSignIn(at), address)
    const isPaused = (at: number, address: string) => web.request(() => isAddressPaused(at), address)

    for (let attempt = 1; attempt < failuresPerWindow; attempt += 1) await fail(0, '192.0.2.1')
    expect(await isPaused(0, '192.0.2.1')).toBe(false)
    await fail(0, '192.0.2.1')
    expect(await isPaused(minutes(14), '192.0.2.1')).toBe(true)
    expect(await isPaused(minutes(14), '192.0.2.2')).toBe(false)
    expect(await isPaused(minutes(15), '192.0.2.1')).toBe(false)
    await fail(minutes(16), '192.0.2.1')
    expect(await isPaused(minutes(16), '192.0.2.1')).toBe(false)
  })
})
