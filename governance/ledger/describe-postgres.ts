import type { StoreDescription } from './open-ledger.ts'
import type { LedgerPool } from './postgres-pool.ts'
import { ledgerSchemaName } from './postgres-steps.ts'

interface Facts {
  version: string
  role: string
  isSuperuser: boolean
  isOwner: boolean
  mayRewrite: boolean
  fsync: string
  fullPageWrites: string
  isEncrypted: boolean
  isLocal: boolean
}

/** Version, and what weakens the ledger: settings that lose commits, a role that could rewrite the trail, no TLS. */
export async function describePostgres(pool: LedgerPool, location: string): Promise<StoreDescription> {
  const [facts] = await pool.rows<Facts>(
    `select current_setting('server_version') as version, current_user as role, rolsuper as "isSuperuser",
      pg_has_role(current_user, (select relowner from pg_class where oid = $1::regclass), 'USAGE') as "isOwner",
      has_table_privilege($1, 'UPDATE, DELETE, TRUNCATE') as "mayRewrite",
      current_setting('fsync') as fsync, current_setting('full_page_writes') as "fullPageWrites",
      coalesce((select ssl from pg_stat_ssl where pid = pg_backend_pid()), false) as "isEncrypted",
      coalesce(inet_client_addr() << '127.0.0.0/8' or inet_client_addr() = '::1' or inet_client_addr() = inet_server_addr(), true)
        as "isLocal"
    from pg_roles where rolname = current_user`,
    [`${ledgerSchemaName}.audit_events`],
  )
  if (facts === undefined) return { store: `PostgreSQL, ${location}`, warnings: [] }
  const { role } = facts
  const warnings: string[] = []
  if (facts.isSuperuser || facts.isOwner || facts.mayRewrite) {
    const why = facts.isSuperuser ? 'is a superuser' : facts.isOwner ? 'owns the ledger' : 'may change the audit trail'
    warnings.push(
      `the role ${role} ${why}. Make one that owns nothing, name it in OVERSIGHT_LEDGER_URL, the owner in OVERSIGHT_LEDGER_OWNER_URL, and run "oversight ledger migrate"`,
    )
  }
  if (facts.fsync === 'off') warnings.push('fsync is off: a crash of the machine loses decisions. Set fsync = on')
  if (facts.fullPageWrites === 'off') {
    warnings.push('full_page_writes is off: a crash of the machine can damage the ledger. Set full_page_writes = on')
  }
  if (!facts.isEncrypted && !facts.isLocal) {
    warnings.push('the connection is not encrypted. Add ?sslmode=verify-full to OVERSIGHT_LEDGER_URL')
  }
  return { store: `PostgreSQL ${facts.version}, ${location}, as ${role}`, warnings }
}
