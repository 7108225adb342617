import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, it } from 'vitest'
import { createHome } from '#app/home.ts'
import { verifyBundle } from '#governance/audit/verify-bundle.mjs'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

it('adds people, signs, verifies and exports the trail, and says what was changed', async () => {
  const home = join(temporaryFolder(), 'home')
  createHome(home)
  process.env.OVERSIGHT_PASSWORD = 'four plain words together'
  const person = ['--email', 'anna@example.com', '--name', 'Anna', '--role', 'approver', 'reviewer', '--home', home]
  const added = await runCli('user', 'add', ...person)
  expect(added).toMatchObject({ exitCode: 0, stdout: 'Added Anna <anna@example.com> as approver, reviewer.\n' })
  const again = await runCli('user', 'add', ...person)
  expect(again).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('There is an account') })
  delete process.env.OVERSIGHT_PASSWORD
  const unsigned = await runCli('audit', 'verify', '--home', home)
  expect(unsigned).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('The last 3 events are not signed') })

  const signed = await runCli('audit', 'checkpoint', '--home', home)
  expect(signed.stdout).toMatch(/^oversight\.invalid\/ledger-[0-9a-f]{12}\n3\n/)
  const verified = JSON.parse((await runCli('audit', 'verify', '--json', '--home', home)).stdout)
  expect(verified).toMatchObject({ ok: true, size: 3, signedSize: 3 })

  const folder = join(home, 'export')
  expect((await runCli('audit', 'export', folder, '--home', home)).exitCode).toBe(0)
  expect(verifyBundle(folder)).toMatchObject({ ok: true, root: verified.root })
  const noteFile = join(home, 'kept-note')
  writeFileSync(noteFile, signed.stdout)
  expect((await runCli('audit', 'verify', '--home', home, '--checkpoint', noteFile)).exitCode).toBe(0)
  writeFileSync(noteFile, signed.stdout.replace('\n3\n', '\n2\n'))
  const forged = await runCli('audit', 'verify', '--home', home, '--checkpoint', noteFile)
  expect(forged).toMatchObject({ exitCode: 1, stdout: expect.stringContaining('kept checkpoint 1') })

  const raw = new Database(join(home, 'ledger.sqlite'))
  raw.exec("UPDATE users SET name = 'Hanna'")
  raw.close()
  const broken = await runCli('audit', 'verify', '--home', home)
  expect(broken.exitCode).toBe(1)
  expect(broken.stdout).toMatch(/^users \S+: the row was changed after event 2, the last that wrote it\n$/)
  expect(existsSync(join(home, 'keys', 'checkpoint.key'))).toBe(true)
}, 60_000)

it('reads the password from standard input, never from a flag', async () => {
  const home = join(temporaryFolder(), 'home')
  createHome(home)
  const flags = ['--email', 'b@example.com', '--name', 'B', '--role', 'viewer', '--home', home]
  // Standard input is closed here: an empty password.
  expect(await runCli('user', 'add', ...flags)).toMatchObject({
    exitCode: 1,
    stderr: expect.stringContaining('8 to 256 characters'),
  })
  expect((await runCli('user', 'add', '--password', 'x', ...flags)).exitCode).toBe(2)
}, 60_000)
