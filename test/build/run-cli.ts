import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'

export interface CliResult {
  exitCode: number | null
  stdout: string
  stderr: string
}

const program = join(process.cwd(), 'app', 'cli', 'oversight.ts')

/** Starts the command line as a process of its own, as an operator would. */
export function startCli(args: readonly string[], environment: Readonly<Record<string, string>> = {}): ChildProcess {
  return spawn(process.execPath, [program, ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...environment },
  })
}

export function runCli(...args: string[]): Promise<CliResult> {
  return runCliIn({}, ...args)
}

/** The same with variables of the environment set. */
export async function runCliIn(environment: Readonly<Record<string, string>>, ...args: string[]): Promise<CliResult> {
  const child = startCli(args, environment)
  let stdout = ''
  let stderr = ''
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  const exitCode = await new Promise<number | null>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', resolve)
  })
  return { exitCode, stdout, stderr }
}
