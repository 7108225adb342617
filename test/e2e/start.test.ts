import { type ChildProcess, spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runOversight } from './run-oversight.ts'

let directory: string

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'oversight-start-'))
})

afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** Runs `oversight start` until its output says what is asked for. */
function start(home: string, says: RegExp): Promise<{ child: ChildProcess; output: string; found: string }> {
  const child = spawn(
    process.execPath,
    [join(process.cwd(), 'app', 'cli', 'oversight.ts'), 'start', '--home', home, '--port', '0'],
    { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_ENV: 'production' } },
  )
  return new Promise((resolve, reject) => {
    let output = ''
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        output += String(piece)
        const found = says.exec(output)?.[0]
        if (found !== undefined) resolve({ child, output, found })
      })
    }
    child.once('close', (code) => reject(new Error(`ended with ${code}:\n${output}`)))
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((resolve) => child.once('close', resolve))
}

describe('oversight start', () => {
  it('leaves nothing half-made when killed, then makes a demonstration, serves it and ends cleanly', async () => {
    const home = join(directory, 'home')
    const killed = await start(home, /parsing qa_reviews/)
    killed.child.kill('SIGKILL')
    await ended(killed.child)
    expect(existsSync(home)).toBe(false)

    const { child, output, found } = await start(home, /http:\/\/127\.0\.0\.1:\d+/)
    expect(output).toContain('making demonstration data')
    expect(output).toContain('approver-a@demo.invalid')
    expect(readdirSync(directory)).toEqual(['home'])
    const page = await fetch(`${found}/login`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Sign in as Approver A')
    const stopped = ended(child)
    child.kill('SIGTERM')
    expect(await stopped).toBe(0)
  })

  it('says what to do with wrong options', () => {
    expect(runOversight(['start', '--port', 'door'])).toMatchObject({ code: 2 })
    const foreign = runOversight(['start', '--home', process.cwd()])
    expect(foreign).toMatchObject({ code: 1 })
    expect(foreign.stderr).toContain('is no Oversight home')
    const future = runOversight(['sample', '-o', join(directory, 'files'), '--until', '2999-01'])
    expect(future).toMatchObject({ code: 1 })
    expect(future.stderr).toContain('--until 2999-01')
    expect(runOversight(['sample', '--until', 'May'])).toMatchObject({ code: 2 })
  })
})
