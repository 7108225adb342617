import Database from 'better-sqlite3'
import { migrate } from './migrate.ts'

interface SchemaObject {
  type: string
  name: string
  sql: string
}

/**
 * What differs between the schema of this file and the one its migrations make: a dropped trigger means that rows can
 * be changed unseen.
 */
export function schemaChanges(connection: Database.Database): string[] {
  const fresh = new Database(':memory:')
  try {
    migrate(fresh)
    const expected = objectsOf(fresh)
    const actual = new Map(objectsOf(connection).map((object) => [object.name, object]))
    const changes: string[] = []
    for (const { type, name, sql } of expected) {
      const found = actual.get(name)
      if (found === undefined) changes.push(`${type} ${name} is missing`)
      else if (found.sql !== sql || found.type !== type) changes.push(`${type} ${name} was changed`)
      actual.delete(name)
    }
    for (const { type, name } of actual.values()) changes.push(`${type} ${name} does not belong here`)
    return changes
  } finally {
    fresh.close()
  }
}

function objectsOf(connection: Database.Database): SchemaObject[] {
  return connection
    .prepare('SELECT type, name, sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type, name')
    .all() as SchemaObject[]
}
