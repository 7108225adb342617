import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'

const root = join(import.meta.dirname, '..', '..')

export interface ServedHome {
  /** http://127.0.0.1:port */
  url: string
  stop(): Promise<void>
}

/** Serves a home on a free port as an operator would, in a process of its own. The pages must be built. */
export async function serveHome(directory: string): Promise<ServedHome> {
  if (!existsSync(join(root, 'build', 'server', 'index.js'))) {
    throw new Error('The pages are not built: run "npm run build" first ("npm test" does).')
  }
  const child = spawn(
    process.execPath,
    [join(root, 'app', 'cli', 'oversight.ts'), 'serve', '--home', directory, '--port', '0'],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...process.env, NODE_ENV: 'production', OVERSIGHT_LOG_LEVEL: 'error' },
    },
  )
  let output = ''
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (piece) => {
        output += String(piece)
        const found = /http:\/\/127\.0\.0\.1:\d+/.exec(output)
        if (found !== null) resolve(found[0])
      })
    }
    child.once('error', reject)
    void ended.then(() => reject(new Error(`The server ended:\n${output}`)))
  })
  return {
    url,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
