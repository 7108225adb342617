import { existsSync, readdirSync } from 'node:fs'
import { Command } from 'commander'
import { lastClosedMonth } from '#etl/sample/last-closed-month.ts'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { type Home, homeDirectory, homeExists, openHome } from '../home.ts'
import { buildPages, isBuildCurrent } from './build-pages.ts'
import { makeDemonstration } from './make-demonstration.ts'
import { createProgressLine } from './report/progress-line.ts'
import { demonstrationDefaults } from './sample.ts'
import { portOption, serveUntilStopped } from './serve.ts'

interface StartFlags {
  home?: string
  port: number
  host: string
  dev?: true
}

export function startCommand(): Command {
  return new Command('start')
    .description('serve the pages; builds them and makes demonstration data first where there is nothing yet')
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .addOption(portOption())
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--dev', 'build pages when they are asked for (for work on Oversight itself)')
    .action(async (flags: StartFlags) => {
      if (flags.dev === undefined && !isBuildCurrent()) {
        say('Building the pages ...')
        await buildPages()
      }
      const home = await openOrMakeHome(homeDirectory(flags.home))
      if (home.isDemonstration) {
        say(
          `Sign in as approver-a@demo.invalid with the password "${demonstrationPassword}"; the page lists the others.`,
        )
      }
      await serveUntilStopped({
        home: home.directory,
        port: flags.port,
        host: flags.host,
        mode: flags.dev === undefined ? 'production' : 'development',
      })
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

function say(line: string): void {
  process.stdout.write(`${line}\n`)
}
