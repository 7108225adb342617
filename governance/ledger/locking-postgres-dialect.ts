import {
  CompiledQuery,
  type DatabaseConnection,
  type Driver,
  PostgresDialect,
  type PostgresDialectConfig,
  PostgresDriver,
  type TransactionSettings,
} from 'kysely'

/** How long a writer waits for another before it gives up, as on SQLite. */
const lockTimeoutMilliseconds = 10_000

/** Of the advisory lock under which every change of a ledger runs: "oversigh" in ASCII. Locks are per database. */
export const ledgerLock = '8031718527698823016'

/**
 * PostgreSQL whose writing transactions run one after the other: the lock comes first, and under READ COMMITTED every
 * later statement sees what the writer before has committed, so no two append to the same end of the audit tree. (A
 * stricter level would take its view of the data before it has waited.) Commits reach the disk before they are
 * acknowledged, whatever the server's default. Reading transactions see one unchanging state.
 */
export class LockingPostgresDialect extends PostgresDialect {
  readonly #config: PostgresDialectConfig

  constructor(config: PostgresDialectConfig) {
    super(config)
    this.#config = config
  }

  override createDriver(): Driver {
    return new LockingPostgresDriver(this.#config)
  }
}

class LockingPostgresDriver extends PostgresDriver {
  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings): Promise<void> {
    if (settings.accessMode === 'read only') {
      await connection.executeQuery(CompiledQuery.raw('begin isolation level repeatable read, read only'))
      return
    }
    try {
      await connection.executeQuery(CompiledQuery.raw(beginWriting))
    } catch (error) {
      // Kysely takes back only what has begun; here it began, and the lock was not given.
      await connection.executeQuery(CompiledQuery.raw('rollback')).catch(() => {})
      throw error
    }
  }
}

const beginWriting = `begin isolation level read committed, read write;
set local lock_timeout = ${lockTimeoutMilliseconds};
select set_config('synchronous_commit', 'on', true) where current_setting('synchronous_commit') = 'off';
select pg_advisory_xact_lock(${ledgerLock})`
