import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHome } from '#app/home.ts'
import { authenticateToken } from '#governance/accounts/authenticate-token.ts'
import { createUser } from '#governance/accounts/create-user.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { password } from '#test/build/ledger.ts'
import { runCli } from '#test/build/run-cli.ts'

const directory = mkdtempSync(join(tmpdir(), 'oversight-token-'))
const home = join(directory, 'home')
afterAll(() => rmSync(directory, { recursive: true }))

async function withLedger<Result>(work: (ledger: Awaited<ReturnType<typeof openLedger>>) => Promise<Result>) {
  const ledger = await openLedger(join(home, 'ledger.sqlite'), { keysDirectory: join(home, 'keys') })
  try {
    return await work(ledger)
  } finally {
    await ledger.close()
  }
}

beforeAll(async () => {
  createHome(home)
  await withLedger(async (ledger) => {
    const add = (name: string, role: 'analyst' | 'approver') =>
      createUser(ledger, { email: `${name}@example.com`, name, roles: [role], password, by: 'system' }, systemClock())
    const owner = await add('ana', 'analyst')
    const anna = await add('anna', 'approver')
    await registerType(
      ledger,
      {
        interactionType: 'order_status',
        area: 'orders',
        riskTier: 'low',
        ceiling: 'human_on_the_loop',
        ownerId: owner.id,
        aiDoes: 'answers',
        humansDo: 'check samples',
        requiredControls: 'sampling',
        isDisclosureAttested: true,
        by: anna.id,
      },
      systemClock(),
    )
    await recordBaseline(
      ledger,
      { interactionType: 'order_status', level: 'human_in_the_loop', reason: 'as it is', by: anna.id, password },
      systemClock(),
    )
  })
})

describe('oversight token', () => {
  it("makes a machine's token, lists it without the secret, and revokes it", async () => {
    const made = await runCli('token', 'add', '--name', 'platform', '--scope', 'autonomy:read', '--home', home)
    expect(made).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(/shown this once/) })
    const secret = made.stdout.trim()
    const use = () =>
      withLedger((ledger) => authenticateToken(ledger, { secret, allowDemonstration: false }, systemClock()))
    expect(await use()).toMatchObject({ holder: null, token: { name: 'platform', scopes: ['autonomy:read'] } })
    const listed = await runCli('token', 'list', '--json', '--home', home)
    expect(listed.stdout).not.toContain(secret)
    const [token] = JSON.parse(listed.stdout)
    expect(token).toMatchObject({ name: 'platform', holder: null, state: 'valid' })
    expect((await runCli('token', 'revoke', token.id, '--home', home)).exitCode).toBe(0)
    await expect(use()).rejects.toMatchObject({ code: 'unauthenticated' })
    expect((await runCli('token', 'list', '--home', home)).stdout).toMatch(/revoked {2}platform \(a machine\)/)
  })

  it("makes a person's token within what their roles read", async () => {
    const add = (...more: string[]) => runCli('token', 'add', '--name', 'notebook', '--home', home, ...more)
    const given = await add('--for', 'ana@example.com', '--scope', 'datasets:read', 'metrics:read', '--json')
    expect(JSON.parse(given.stdout)).toMatchObject({ scopes: ['datasets:read', 'metrics:read'] })
    expect(await add('--for', 'ana@example.com', '--scope', 'audit:read')).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/roles of ana do not allow a token for audit:read/),
    })
    expect(await add('--for', 'nobody@example.com', '--scope', 'metrics:read')).toMatchObject({ exitCode: 1 })
    expect(await add('--scope', 'everything')).toMatchObject({ exitCode: 1 })
    expect(await add('--scope', 'metrics:read', '--days', '-1')).toMatchObject({ exitCode: 2 })
  })
})

describe('oversight flags', () => {
  it('writes the levels in force to standard output or to a file that others may read, in one step', async () => {
    const shown = await runCli('flags', '--home', home)
    expect(JSON.parse(shown.stdout).flags['oversight_level.order_status']).toMatchObject({
      state: 'ENABLED',
      defaultVariant: 'human_in_the_loop',
    })
    const file = join(home, 'flags.json')
    expect(await runCli('flags', '-o', file, '--home', home)).toMatchObject({ exitCode: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toBe(shown.stdout)
    expect(statSync(file).mode & 0o777).toBe(0o644)
    expect(existsSync(`${file}.partial`)).toBe(false)
  })

  it('leaves the file alone that it cannot write anew', async () => {
    expect(await runCli('flags', '-o', join(home, 'nowhere', 'flags.json'), '--home', home)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringMatching(/cannot be written/),
    })
  })
})
