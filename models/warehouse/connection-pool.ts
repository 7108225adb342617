import type { DuckDBConnection } from '@duckdb/node-api'
import { OversightError } from '../oversight-error.ts'
import type { DuckDbPool } from './duckdb-dialect.ts'

/** At most `size` connections; who comes later waits in order. Also the brake on libuv threads. */
export class ConnectionPool implements DuckDbPool {
  readonly #open: () => Promise<DuckDBConnection>
  readonly #size: number
  readonly #all: Set<DuckDBConnection>
  readonly #idle: DuckDBConnection[]
  readonly #waiting: ((connection: DuckDBConnection) => void)[] = []
  #opening = 0
  #isClosed = false
  #onIdle: (() => void) | undefined

  constructor(first: DuckDBConnection, open: () => Promise<DuckDBConnection>, size: number) {
    this.#open = open
    this.#size = size
    this.#all = new Set([first])
    this.#idle = [first]
  }

  async acquire(): Promise<DuckDBConnection> {
    if (this.#isClosed) throw new OversightError('internal', 'The warehouse was closed before this query.')
    const idle = this.#idle.pop()
    if (idle !== undefined) return idle
    if (this.#all.size + this.#opening < this.#size) {
      this.#opening += 1
      try {
        const connection = await this.#open()
        this.#all.add(connection)
        return connection
      } finally {
        this.#opening -= 1
      }
    }
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  release(connection: DuckDBConnection): void {
    const next = this.#waiting.shift()
    if (next !== undefined) next(connection)
    else this.#idle.push(connection)
    if (this.#isClosed && this.#isQuiet()) this.#onIdle?.()
  }

  /** Lets running and waiting queries finish, then closes every connection. */
  async close(): Promise<void> {
    this.#isClosed = true
    if (!this.#isQuiet()) {
      await new Promise<void>((resolve) => {
        this.#onIdle = resolve
      })
    }
    for (const connection of this.#all) connection.closeSync()
  }

  #isQuiet(): boolean {
    return this.#opening === 0 && this.#waiting.length === 0 && this.#idle.length === this.#all.size
  }
}
