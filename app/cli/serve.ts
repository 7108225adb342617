import { Command, InvalidArgumentError, Option } from 'commander'
import { homeDirectory, openHome } from '../home.ts'
import { startServer } from '../server.ts'

/** `oversight serve`: the pages of one home, until it is told to stop. */
export function serveCommand(): Command {
  return new Command('serve')
    .description('Serve the pages of a home folder')
    .option('--home <directory>', 'folder with the data (default: OVERSIGHT_HOME, else ./data)')
    .addOption(portOption())
    .option('--host <address>', 'address to listen on; 0.0.0.0 lets other machines in', '127.0.0.1')
    .option('--dev', 'build pages when they are asked for (for work on Oversight itself)')
    .action(async (options: { home?: string; port: number; host: string; dev?: true }) => {
      await serveUntilStopped({
        home: homeDirectory(options.home),
        port: options.port,
        host: options.host,
        mode: options.dev ? 'development' : 'production',
      })
    })
}

interface ServeOptions {
  /** Folder of an existing home. */
  home: string
  port: number
  host: string
  mode: 'production' | 'development'
}

/** Serves until SIGINT or SIGTERM, then lets running answers finish. */
export async function serveUntilStopped(options: ServeOptions): Promise<void> {
  const home = openHome(options.home)
  const server = await startServer({ ...options, home })
  process.stdout.write(`Oversight serves ${home.directory} at ${server.url}\n`)
  if (options.host !== '127.0.0.1' && options.host !== 'localhost' && process.env.OVERSIGHT_PUBLIC_URL === undefined) {
    process.stderr.write(
      'oversight: others can reach this server, but passwords would travel unencrypted. Put a proxy with https before it and set OVERSIGHT_PUBLIC_URL.\n',
    )
  }
  await new Promise<void>((resolve) => {
    process.once('SIGINT', resolve)
    process.once('SIGTERM', resolve)
  })
  await server.close()
}

/** Given as --port, else in the variable PORT. */
export function portOption(): Option {
  return new Option('--port <number>', 'port to listen on; 0 picks a free one')
    .env('PORT')
    .argParser(parsePort)
    .default(3000)
}

function parsePort(text: string): number {
  const port = Number(text)
  if (text.trim() === '' || !Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  }
  return port
}
