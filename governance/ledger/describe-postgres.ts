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
  const warnings: StoreDescription['warnings'] = []
  if (facts.isSuperuser || facts.isOwner || facts.mayRewrite) {
    const why = facts.isSuperuser ? 'is a superuser' : facts.isOwner ? 'owns the ledger' : 'may change the audit trail'
    warnings.push({
      what: `the role ${role} ${why}, so no right stops it from rewriting the audit trail`,
      remedy:
        'Make a role that owns nothing, name it in OVERSIGHT_LEDGER_URL and the owner in OVERSIGHT_LEDGER_OWNER_URL, and run "oversight ledger migrate".',
    })
  }
  if (facts.fsync === 'off') {
    warnings.push({ what: 'fsync is off: a crash of the machine loses decisions', remedy: 'Set fsync = on.' })
  }
  if (facts.fullPageWrites === 'off') {
    const what = 'full_page_writes is off: a crash of the machine can damage the ledger'
    warnings.push({ what, remedy: 'Set full_page_writes = on.' })
  }
  if (!facts.isEncrypted && !facts.isLocal) {
    const remedy = 'Add ?sslmode=verify-full to OVERSIGHT_LEDGER_URL.'
    warnings.push({ what: 'the connection to the server is not encrypted', remedy })
  }
  return { store: `PostgreSQL ${facts.version}, ${location}, as ${role}`, warnings }
}
