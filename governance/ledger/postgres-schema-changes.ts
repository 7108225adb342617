import type pg from 'pg'
import type { LedgerPool } from './postgres-pool.ts'
import { rightsOn } from './postgres-rights.ts'
import {
  borrowedFunctions,
  type Guard,
  guardsInForce,
  ledgerSchemaName,
  migrationsTable,
  postgresSteps,
} from './postgres-steps.ts'

interface SchemaObject {
  kind: string
  name: string
  definition: string
}

/**
 * What differs between the schema of this database and the one its steps make: tables and constraints against a fresh
 * set of temporary ones, so that both are described in the words of the same server; triggers and their functions word
 * for word; and every right that somebody else than the owner has beyond those of the application.
 */
export async function postgresSchemaChanges(pool: LedgerPool): Promise<string[]> {
  const client = await pool.pool.connect()
  try {
    await client.query('begin')
    const actual = await objectsIn(client, ledgerSchemaName)
    const changes = [...(await guardChanges(client)), ...(await wideRights(client))]
    await client.query(`set local search_path = pg_temp, ${ledgerSchemaName}`)
    await client.query([migrationsTable, ...postgresSteps().map(({ tables }) => tables)].join('\n'))
    const expected = await objectsIn(client, 'pg_temp')
    return [...differences(expected, actual), ...changes]
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : ''
    // Somebody took away what the comparison itself stands on; a lost connection is no finding.
    if (!/^(42|22|23)/.test(code)) throw error
    return [`the schema cannot be compared with what was made: ${error instanceof Error ? error.message : error}`]
  } finally {
    await client.query('rollback').catch(() => {})
    client.release()
  }
}

function differences(expected: readonly SchemaObject[], actual: readonly SchemaObject[]): string[] {
  const found = new Map(actual.map((object) => [`${object.kind} ${object.name}`, object.definition]))
  const changes: string[] = []
  for (const { kind, name, definition } of expected) {
    const what = `${kind} ${name}`
    const present = found.get(what)
    if (present === undefined) changes.push(`${what} is missing`)
    else if (present !== definition) changes.push(`${what} was changed`)
    found.delete(what)
  }
  return [...changes, ...[...found.keys()].map((what) => `${what} does not belong here`)]
}

/** Tables, columns, constraints, indexes and rules of one schema. Names of schemas are left out of definitions. */
async function objectsIn(client: pg.PoolClient, schema: string): Promise<SchemaObject[]> {
  const namespace = schema === 'pg_temp' ? 'pg_my_temp_schema()' : `'${schema}'::regnamespace`
  const { rows } = await client.query<SchemaObject>(`
    with relation as (select * from pg_class where relnamespace = ${namespace} and relkind not in ('i', 't'))
    select 'table' as kind, relname as name,
      concat(relkind, case relpersistence when 'u' then ' unlogged' end, case when relrowsecurity then ' with row security' end)
        as definition
    from relation
    union all
    select 'column', concat(relname, '.', attname), concat(format_type(atttypid, atttypmod), ' ', collname,
      case when attnotnull then ' not null' end, case when atthasdef then ' with a default' end)
    from relation join pg_attribute on attrelid = relation.oid and attnum > 0 and not attisdropped
      left join pg_collation on pg_collation.oid = attcollation
    union all
    select 'constraint', concat(relname, '.', conname), concat(pg_get_constraintdef(c.oid), case when not convalidated then ' not valid' end)
    from relation join pg_constraint c on conrelid = relation.oid and contype <> 't'
    union all
    select 'index', pg_class.relname, concat(pg_get_indexdef(indexrelid), case when not indisvalid then ' invalid' end)
    from relation join pg_index on indrelid = relation.oid join pg_class on pg_class.oid = indexrelid
    union all
    select 'rule', concat(relname, '.', rulename), pg_get_ruledef(r.oid)
    from relation join pg_rewrite r on ev_class = relation.oid
    order by kind, name`)
  return rows.map((row) => ({
    ...row,
    definition: row.definition.replaceAll(new RegExp(`\\b(${ledgerSchemaName}|pg_temp(_\\d+)?)\\.`, 'g'), ''),
  }))
}

interface FoundTrigger {
  name: string
  table: string
  functionName: string
  body: string
  language: string
  settings: string[] | null
  type: number
  isEnabled: boolean
  isConditional: boolean
}

async function guardChanges(client: pg.PoolClient): Promise<string[]> {
  const { rows: triggers } = await client.query<FoundTrigger>(
    `select tgname as name, relname as table, proname as "functionName", prosrc as body, lanname as language,
      proconfig as settings, tgtype::int as type, tgenabled in ('O', 'A') as "isEnabled",
      tgqual is not null or tgattr <> '' or pronamespace <> $1::regnamespace as "isConditional"
    from pg_trigger join pg_class on pg_class.oid = tgrelid join pg_proc on pg_proc.oid = tgfoid
      join pg_language on pg_language.oid = prolang
    where relnamespace = $1::regnamespace and not tgisinternal`,
    [ledgerSchemaName],
  )
  const found = new Map(triggers.map((trigger) => [trigger.name, trigger]))
  const changes: string[] = []
  for (const guard of guardsInForce()) {
    const trigger = found.get(guard.name)
    if (trigger === undefined) changes.push(`trigger ${guard.name} is missing`)
    else if (!isGuard(trigger, guard)) changes.push(`trigger ${guard.name} was changed`)
    found.delete(guard.name)
  }
  for (const name of found.keys()) changes.push(`trigger ${name} does not belong here`)
  return [...changes, ...(await strangeFunctions(client)), ...(await uncheckedReferences(client))]
}

/** As pg_trigger counts: 1 for each row, 2 before, then one bit per event. */
const eventBits = { INSERT: 4, DELETE: 8, UPDATE: 16, TRUNCATE: 32 } as const

function isGuard(trigger: FoundTrigger, { name, table, when, body }: Guard): boolean {
  return (
    trigger.table === table &&
    trigger.functionName === name &&
    trigger.body === body &&
    trigger.language === 'plpgsql' &&
    String(trigger.settings) === `search_path=${ledgerSchemaName}, pg_temp` &&
    trigger.type === (when === 'TRUNCATE' ? 2 : 3) + eventBits[when] &&
    trigger.isEnabled &&
    !trigger.isConditional
  )
}

async function strangeFunctions(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ name: string; body: string }>(
    'select proname as name, prosrc as body from pg_proc where pronamespace = $1::regnamespace order by proname',
    [ledgerSchemaName],
  )
  const known = new Set(guardsInForce().map(({ name }) => name))
  return rows.flatMap(({ name, body }) => {
    const borrowed = borrowedFunctions[name]
    if (borrowed !== undefined) return body === borrowed.body ? [] : [`function ${name} was changed`]
    return known.has(name) ? [] : [`function ${name} does not belong here`]
  })
}

/** Foreign keys are triggers of the server's own, which ALTER TABLE can switch off as well. */
async function uncheckedReferences(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ table: string }>(
    `select distinct relname as table from pg_trigger join pg_class on pg_class.oid = tgrelid
    where relnamespace = $1::regnamespace and tgisinternal and tgenabled not in ('O', 'A') order by 1`,
    [ledgerSchemaName],
  )
  return rows.map(({ table }) => `references of ${table} are not checked`)
}

async function wideRights(client: pg.PoolClient): Promise<string[]> {
  const { rows } = await client.query<{ role: string; right: string; table: string; column: string | null }>(
    `with relation as (select * from pg_class where relnamespace = $1::regnamespace and relkind in ('r', 'p')),
    granted as (
      select acl.*, relname, null as attname, relowner as owner
      from relation, aclexplode(coalesce(relacl, acldefault('r', relowner))) acl
      union all
      select acl.*, relname, attname, relowner from relation join pg_attribute on attrelid = relation.oid, aclexplode(attacl) acl
      union all
      select acl.*, null, null, nspowner from pg_namespace, aclexplode(nspacl) acl where oid = $1::regnamespace
    )
    select coalesce(rolname, 'everybody') as role, privilege_type as right, relname as table, attname as column
    from granted left join pg_roles on pg_roles.oid = grantee where grantee <> owner order by 1, 3, 4, 2`,
    [ledgerSchemaName],
  )
  return rows.flatMap(({ role, right, table, column }) => {
    if (table === null) return right === 'USAGE' ? [] : [`role ${role} may ${right} in the schema`]
    const { rights, updatable } = rightsOn(table)
    const isGiven = (rights as readonly string[]).includes(right)
    if (isGiven || (right === 'UPDATE' && column !== null && updatable.includes(column))) return []
    return [`role ${role} may ${right} ${column === null ? '' : `${column} of `}${table}`]
  })
}
