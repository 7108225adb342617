import { guardsInForce, ledgerSchemaName } from './postgres-steps.ts'

/** What the application's role may do with one table, and nothing more. */
export interface TableRights {
  rights: readonly ('SELECT' | 'INSERT' | 'UPDATE' | 'DELETE')[]
  /** The only columns that may be updated. */
  updatable: readonly string[]
}

/** Of rows that last but may change, what may change: the triggers say when. */
const updatableColumns: Readonly<Record<string, readonly string[]>> = {
  users: ['email', 'name', 'roles', 'password_hash', 'is_disabled'],
  interaction_types: [
    'area',
    'risk_tier',
    'ceiling',
    'owner_id',
    'ai_does',
    'humans_do',
    'required_controls',
    'is_disclosure_attested',
  ],
  reviews: ['state', 'closed_at', 'closed_by'],
  level_intervals: ['effective_to'],
  api_tokens: ['revoked_at', 'revoked_by'],
}

/**
 * The rights of the application's role on a table, from its guards: reading and adding where no row may change; single
 * columns where rows last; everything on working data such as sessions.
 */
export function rightsOn(table: string): TableRights {
  if (table === 'migrations') return { rights: ['SELECT'], updatable: [] }
  const names = new Set(guardsInForce().map(({ name }) => name))
  if (names.has(`${table}_no_update`)) return { rights: ['SELECT', 'INSERT'], updatable: [] }
  if (names.has(`${table}_no_delete`)) {
    return { rights: ['SELECT', 'INSERT'], updatable: updatableColumns[table] ?? [] }
  }
  return { rights: ['SELECT', 'INSERT', 'UPDATE', 'DELETE'], updatable: [] }
}

/** Takes every right from the role (an identifier, quoted) and gives back those it needs. */
export function grantSql(tables: readonly string[], role: string): string {
  const grants = tables.map((table) => {
    const { rights, updatable } = rightsOn(table)
    const columns = updatable.length === 0 ? '' : `, UPDATE (${updatable.join(', ')})`
    return `GRANT ${rights.join(', ')}${columns} ON ${ledgerSchemaName}.${table} TO ${role};`
  })
  return `REVOKE ALL ON ALL TABLES IN SCHEMA ${ledgerSchemaName} FROM ${role}, PUBLIC;
REVOKE ALL ON SCHEMA ${ledgerSchemaName} FROM ${role}, PUBLIC;
GRANT USAGE ON SCHEMA ${ledgerSchemaName} TO ${role};
${grants.join('\n')}`
}
