import { existsSync, readdirSync } from 'node:fs'
import { Command, InvalidArgumentError } from 'commander'
import { lastClosedMonth } from '#etl/sample/last-closed-month.ts'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { type Home, homeDirectory, homeExists, openHome } from '../home.ts'
import { startServer } from '../server.ts'
import { buildPages, isBuildCurrent } from './build-pages.ts'
import { makeDemonstration } from './make-demonstration.ts'
import { createProgressLine } from './report/progress-line.ts'
import { demonstrationDefaults } from './sample.ts'

interface StartFlags {
  home?: string
  port: number
  host?: string
  dev?: true
}

export function startCommand(): Command {
  return new Command('start')
    .description('serve the pages; builds them and makes demonstration data first where there is nothing yet')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--port <number>', 'port to listen on; 0 takes a free one (default: PORT, else 3000)', port, defaultPort())
    .option('--host <address>', 'address to listen on (default: 127.0.0.1, this machine only)')
    .option('--dev', 'for work on the pages: rebuilds each when it is asked for')
    .action(async (flags: StartFlags) => {
      if (flags.dev === undefined && !isBuildCurrent()) {
        say('Building the pages ...')
        await buildPages()
      }
      const home = await openOrMakeHome(homeDirectory(flags.home))
      const server = await startServer({
        home,
        port: flags.port,
        ...(flags.host === undefined ? {} : { host: flags.host }),
        mode: flags.dev === undefined ? 'production' : 'development',
      })
      say(`Oversight is ready: ${server.url}`)
      if (home.isDemonstration) {
        say(
          `Sign in as approver-a@demo.invalid with the password "${demonstrationPassword}"; the page lists the others.`,
        )
      }
      say('Stop it with Ctrl+C.')
      await untilStopped()
      await server.close()
    })
}

/** An empty or missing folder becomes a demonstration; anything else must be a home. */
async function openOrMakeHome(directory: string): Promise<Home> {
  if (homeExists(directory) || (existsSync(directory) && readdirSync(directory).length > 0)) return openHome(directory)
  say(`${directory} is empty: making demonstration data. Nothing in it is real.`)
  const progress = createProgressLine()
  try {
    const { home } = await makeDemonstration({
      ...demonstrationDefaults,
      until: lastClosedMonth(new Date()),
      directory,
      onProgress: progress.update,
    })
    return home
  } finally {
    progress.stop()
  }
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
}

function defaultPort(): number {
  return process.env.PORT === undefined ? 3000 : port(process.env.PORT)
}

function port(text: string): number {
  const value = Number(text)
  if (text.trim() === '' || !Number.isInteger(value) || value < 0 || value > 65_535) {
    throw new InvalidArgumentError('A port from 0 to 65535 is expected.')
  }
  return value
}

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
