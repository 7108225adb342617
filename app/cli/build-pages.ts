import { spawn } from 'node:child_process'
import { existsSync, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'

const root = join(import.meta.dirname, '..', '..')

/** What the build of the pages is made from. */
const inputs = ['app', 'governance', 'models', 'public', 'vite.config.ts', 'package-lock.json']

/** Whether the pages are built, and not older than anything they are built from. */
export function isBuildCurrent(): boolean {
  const built = join(root, 'build', 'server', 'index.js')
  return existsSync(built) && newestChange(inputs.map((input) => join(root, input))) <= statSync(built).mtimeMs
}

/** Builds the pages, the same as `npm run build`. Throws internal with the end of its output. */
export async function buildPages(): Promise<void> {
  const output: string[] = []
  const child = spawn(
    process.execPath,
    [join(root, 'node_modules', '@remix-run', 'dev', 'dist', 'cli.js'), 'vite:build'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production' },
    },
  )
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (piece) => output.push(String(piece)))
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject)
    child.once('close', resolve)
  })
  if (code !== 0) {
    throw new OversightError('internal', `The pages could not be built:\n${output.join('').slice(-4000)}`)
  }
}

function newestChange(paths: readonly string[]): number {
  let newest = 0
  for (const path of paths) {
    if (!existsSync(path)) continue
    const { mtimeMs } = statSync(path)
    const within = statSync(path).isDirectory()
      ? newestChange(readdirSync(path).map((name) => join(path, name)))
      : mtimeMs
    newest = Math.max(newest, within)
  }
  return newest
}
