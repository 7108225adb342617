import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { postgresOrigin, withPostgresSession } from '#etl/read/postgres-session.ts'
import { type PostgresServer, startPostgres } from '#test/build/postgres.ts'

let server: PostgresServer
beforeAll(async () => {
  server = await startPostgres({ fsync: 'off' })
})
afterAll(() => server.stop())

/** Why a session on this connection string does not come about. */
async function refusal(url: string): Promise<string> {
  const nothing = withPostgresSession({ url, from: 'DESK_URL' }, async () => 'connected')
  return nothing.catch((error: Error) => error.message)
}

describe('withPostgresSession', () => {
  it('sees one state of the database and cannot write, whatever the role may do', async () => {
    const url = server.url()
    await withPostgresSession({ url, from: 'DESK_URL' }, async ({ client }) => {
      await expect(client.query('CREATE TABLE notes (id int)')).rejects.toMatchObject({ code: '25006' })
    })
    await withPostgresSession({ url, from: 'DESK_URL' }, async ({ client }) => {
      const { rows } = await client.query(
        "SELECT current_setting('transaction_isolation'), current_setting('TimeZone')",
      )
      expect(rows).toEqual([{ current_setting: 'UTC' }])
      const level = await client.query("SELECT current_setting('transaction_isolation') AS level")
      expect(level.rows).toEqual([{ level: 'repeatable read' }])
    })
  })

  it('refuses a connection string that is none, or whose password would be taken for something else, without showing it', async () => {
    for (const url of [
      'postgresql://reader:12/s3cret@127.0.0.1/desk',
      'postgresql://reader:12?s3cret@127.0.0.1/desk',
      'postgresql://reader:12#s3cret@127.0.0.1/desk',
      'postgresql://reader:s3cret@127.0.0.1:port/desk',
      'host=127.0.0.1 password=s3cret',
      'mysql://reader:s3cret@127.0.0.1/desk',
    ]) {
      const message = await refusal(url)
      expect(message, url).toMatch(/^The connection string in DESK_URL cannot be used\. It reads postgresql:\/\//)
      expect(message).not.toContain('s3cret')
    }
    const certificate = await refusal(
      'postgresql://reader:s3cret@127.0.0.1/desk?sslmode=verify-full&sslrootcert=/none.pem',
    )
    expect(certificate).toContain('The certificate file /none.pem is not there.')
  })

  it('says what keeps it from connecting, without user or password', async () => {
    const port = new URL(server.url()).port
    for (const [url, expected] of [
      [
        'postgresql://reader:s3cret@127.0.0.1:1/desk',
        'postgresql://127.0.0.1:1/desk: cannot be reached: connect ECONNREFUSED',
      ],
      [
        `postgresql://postgres:s3cret@127.0.0.1:${port}/gone`,
        `postgresql://127.0.0.1:${port}/gone: PostgreSQL refuses the connection (3D000)`,
      ],
      [
        `postgresql://postgres:s3cret@127.0.0.1:${port}/postgres?sslmode=verify-full`,
        'cannot be reached: The server does not support SSL connections. Check host, port and sslmode in DESK_URL',
      ],
      [`postgresql://nobody:s3cret@127.0.0.1:${port}/postgres`, 'PostgreSQL refuses the sign-in (28000)'],
    ] as const) {
      const message = await refusal(url)
      expect(message).toContain(expected)
      expect(message).not.toContain('s3cret')
    }
  })
})

describe('postgresOrigin', () => {
  it.each([
    ['postgresql://reader:s3cret@db.example:5432/desk', 'postgresql://db.example/desk'],
    [
      'postgres://reader:s%40cret@db.example:6432/my%20desk?sslmode=verify-full',
      'postgresql://db.example:6432/my%20desk',
    ],
    ['postgresql://reader@/desk?host=/run/postgresql', 'postgresql://[local]/desk'],
    ['postgresql://reader@[::1]:5432/desk', 'postgresql://[::1]/desk'],
  ])('names host and database of %s', (url, origin) => {
    expect(postgresOrigin({ url, from: 'DESK_URL' })).toBe(origin)
  })
})
