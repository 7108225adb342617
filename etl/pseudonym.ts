import { createHash, createHmac } from 'node:crypto'
import type { DuckDBConnection } from '@duckdb/node-api'
import { sqlLiteral } from './sql-literal.ts'

/** The pseudonym of a customer: HMAC-SHA-256 of the identifier as text, in hexadecimal. */
export function pseudonymOf(customer: string, key: Buffer): string {
  return createHmac('sha256', key).update(customer, 'utf8').digest('hex')
}

const blockBytes = 64

/**
 * Gives the connection what `pseudonymSql` needs. The padded keys are bound to variables, so that the key stands in no
 * SQL text and so in no message of the engine.
 */
export async function preparePseudonyms(connection: DuckDBConnection, key: Buffer): Promise<void> {
  const block = Buffer.alloc(blockBytes)
  // As RFC 2104 says: a key longer than a block is hashed first.
  ;(key.length > blockBytes ? createHash('sha256').update(key).digest() : key).copy(block)
  const hex = (pad: number) => Buffer.from(block.map((byte) => byte ^ pad)).toString('hex')
  await connection.run('SET VARIABLE pseudonym_inner = unhex($1)', [hex(0x36)])
  await connection.run('SET VARIABLE pseudonym_outer = unhex($1)', [hex(0x5c)])
}

/** SQL of the pseudonym of a text expression, null where it is null or empty: the same value as `pseudonymOf`. */
export function pseudonymSql(text: string): string {
  const inner = `unhex(sha256(getvariable('pseudonym_inner') || encode(${text})))`
  return `CASE WHEN ${text} <> ${sqlLiteral('')} THEN sha256(getvariable('pseudonym_outer') || ${inner}) END`
}
