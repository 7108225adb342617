import { DuckDBInstance } from '@duckdb/node-api'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { scanPersonalData } from '#etl/scan-personal-data.ts'
import { entityColumns } from '#models/contract/columns.ts'
import { type EntityName, entityNames } from '#models/contract/entities.ts'

const openColumns = (entity: EntityName) =>
  entityColumns(entity).flatMap(({ name, type, values }) => (type === 'text' && values === null ? [name] : []))

describe('scanning for personal data', () => {
  let instance: DuckDBInstance
  beforeAll(async () => {
    instance = await DuckDBInstance.create(':memory:')
  })
  afterAll(() => instance.closeSync())

  /** Scans staged rows of which one column holds these values. */
  async function scan(entity: EntityName, column: string, values: readonly string[]): Promise<void> {
    const connection = await instance.connect()
    try {
      const columns = openColumns(entity).map((name) => `"${name}" VARCHAR`)
      await connection.run(`CREATE OR REPLACE TEMP TABLE staged (${columns.join(', ')}, source_file VARCHAR)`)
      for (const value of values) {
        await connection.run(`INSERT INTO staged ("${column}", source_file) VALUES ($1, 'export.csv')`, [value])
      }
      await scanPersonalData(connection, { entity, table: 'staged', rules: [], isAdopted: false })
    } finally {
      connection.closeSync()
    }
  }

  const everyColumn = entityNames.flatMap((entity) => openColumns(entity).map((column) => [entity, column] as const))

  it.each(everyColumn)('one e-mail address refuses %s.%s, without telling it', async (entity, column) => {
    const refused = scan(entity, column, ['k1', 'k2', 'ann.smith@example.org', 'k3'])
    await expect(refused).rejects.toMatchObject({
      code: 'load_refused',
      message: expect.stringMatching(
        new RegExp(`^export\\.csv: column ${column} of ${entity} holds .+ e-mail addresses`),
      ),
    })
    await expect(refused).rejects.not.toThrow(/ann\.|smith|example\.org/)
  })

  it.each([
    ['reviewer_id', 'ann@example.org', /e-mail addresses.+Map a pseudonym instead, for example .+sha256/],
    ['reviewer_id', 'Ann Smith', /names of people.+Map a pseudonym/],
    ['reviewer_id', '+49 30 1234567', /telephone numbers/],
    ['url', 'Ann Smith', /names of people.+Map the link to the ticket/],
    ['url', '+49 30 1234567', /telephone numbers.+Map the link to the ticket/],
  ] as const)('%s such as %s tells how to mend it', async (column, value, message) => {
    await expect(scan(column === 'url' ? 'interactions' : 'qa_reviews', column, [value])).rejects.toThrow(message)
  })

  it.each([
    'https://desk.example.com/t/1?requester=ann%40example.org',
    'https://desk.example.com/t/1?requester=Ann@Example.ORG&x=1',
    'https://ann@desk.example.com/t/1',
    'mailto:ann@example.org',
    'https://desk.example.com/t/1?phone=4930123456',
    'https://desk.example.com/t/1?x=1&caller_id=%2B4930123456',
    'https://desk.example.com/call/+4930123456',
    'tel:+4930123456',
  ])('a link such as %s is refused, and the mapping that cuts its query named', async (link) => {
    const links = ['https://desk.example.com/t/2', link]
    await expect(scan('interactions', 'url', links)).rejects.toThrow(
      /column url .+ links with .+split_part\(url, '\?', 1\)/,
    )
  })

  it.each([
    'https://desk.example.com/agent/tickets/4930123456',
    'https://desk.example.com/@support/posts/index.html',
    'https://desk.example.com/t/1?from=1767600000&to=1767603600&at=2026-01-05T09:00:00%2B0200',
    'https://desk.example.com/t/1?tel=&view=phone',
    'https://desk.example.com/t/1#comment-30-1234567',
  ])('a link such as %s is none', async (link) => {
    await expect(scan('interactions', 'url', [link])).resolves.toBeUndefined()
  })

  it('identifiers are no alarm: numbers of any length, UUIDs, prefixed and dated ones', async () => {
    const identifier = fc.oneof(
      fc.bigInt({ min: 0n, max: 10n ** 20n }).map(String),
      fc.uuid(),
      fc.tuple(fc.constantFrom('ORD-', 'tck_', 'agent:', 'v', 'T'), fc.nat()).map((parts) => parts.join('')),
      fc
        .tuple(fc.integer({ min: 2000, max: 2039 }), fc.nat(11), fc.nat(27))
        .map(
          ([year, month, day]) => `${year}-${String(month + 1).padStart(2, '0')}-${String(day + 1).padStart(2, '0')}-7`,
        ),
      fc.tuple(fc.nat(99), fc.nat(99), fc.nat(99)).map((parts) => parts.join('.')),
      fc.stringMatching(/^[0-9a-f]{12,64}$/),
    )
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...everyColumn),
        fc.array(identifier, { minLength: 1, maxLength: 5 }),
        ([entity, column], values) => scan(entity, column, values),
      ),
      { numRuns: 60, endOnFailure: true },
    )
  }, 30_000)
})
