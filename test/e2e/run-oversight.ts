import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

/** Runs one command as an operator would. */
export function runOversight(args: readonly string[], env: Record<string, string> = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [join(root, 'app', 'cli', 'oversight.ts'), ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1e8,
    // Pages that it builds are those of people, not of the test runner.
    env: { ...process.env, VITEST: undefined, ...env },
  })
  return { code: status, stdout, stderr }
}

/** The same, for steps that have to work. Throws with what the command said. */
export function oversight(args: readonly string[], env: Record<string, string> = {}): string {
  const ran = runOversight(args, env)
  if (ran.code !== 0) throw new Error(`oversight ${args.join(' ')} ended with ${ran.code}:\n${ran.stderr}${ran.stdout}`)
  return ran.stdout
}
