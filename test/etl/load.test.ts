import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const fixture = (name: string) => join(import.meta.dirname, 'fixtures', 'canonical', name)

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by,updated_at,customer_id\n'
const contact = (id: string, rest: { updatedAt?: string; customer?: string; channel?: string } = {}) =>
  `desk,${id},order_status,${rest.channel ?? 'chat'},2026-01-05T09:00:00Z,ai,${rest.updatedAt ?? ''},${rest.customer ?? ''}\n`
const reviewHeader = 'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,outcome\n'
const review = (id: string, interaction: string, outcome = 'pass') =>
  `desk,${id},${interaction},r1,human,random,2026-01-08T09:00:00Z,${outcome}\n`
const contacts = (...rows: string[]) => header + rows.join('')
const reviews = (...rows: string[]) => reviewHeader + rows.join('')
/** Every row may be refused: these tests look at what becomes of the rows. */
const lenient = { maximumRejectShare: 1 }

describe('canonical files', () => {
  it('give the same rows as CSV, NDJSON and Parquet', async () => {
    const facts = `SELECT * EXCLUDE (load_id, loaded_at, source_file) FROM interactions ORDER BY interaction_id`
    const [csv, ndjson, parquet] = [temporaryFolder(), temporaryFolder(), temporaryFolder()]
    await loadFiles(csv, 'canonical', [fixture('interactions.csv')])
    await loadFiles(ndjson, 'canonical', [fixture('interactions.ndjson')])
    const file = join(parquet, 'interactions-1.parquet')
    await writeParquetFixture(file)
    await loadFiles(parquet, 'canonical', [file])
    const expected = await rowsOf(csv, facts)
    expect(expected).toHaveLength(4)
    expect(await rowsOf(ndjson, facts)).toEqual(expected)
    expect(await rowsOf(parquet, facts)).toEqual(expected)
  })

  it('read instants with any offset as UTC, lists, and numbers, without a guess', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture('interactions.csv')])
    expect(
      await rowsOf(
        home,
        "SELECT started_at, ended_at, ai_confidence, risk_topics FROM interactions WHERE interaction_id = 'c2'",
      ),
    ).toEqual([['2026-01-05 08:00:00+00', null, 0.7, ['privacy', 'safety']]])
  })

  it('say which columns of a file nobody knows', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({ 'interactions.csv': `${header.trim()},mood\n${contact('c1').trim()},happy\n` })
    const report = await loadFiles(home, 'canonical', files)
    expect(report.warnings).toEqual(['interactions.csv: columns that are not known were ignored: mood.'])
  })
})

async function writeParquetFixture(file: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:')
  const connection = await instance.connect()
  await connection.run("SET TimeZone = 'UTC'")
  await connection.run(`COPY (
    SELECT source, interaction_id, customer_id, interaction_type, channel, started_at::TIMESTAMPTZ AS started_at,
      ended_at::TIMESTAMPTZ AS ended_at, handled_by, ai_confidence::DECIMAL(3, 2) AS ai_confidence,
      risk_topics::VARCHAR[] AS risk_topics, is_test::BOOLEAN AS is_test
    FROM read_csv('${fixture('interactions.csv')}', all_varchar = true)
  ) TO '${file}' (FORMAT parquet)`)
  connection.closeSync()
  instance.closeSync()
}

describe('merging', () => {
  it('changes nothing when the same file is loaded again, and says so', async () => {
    const home = temporaryFolder()
    const files = [fixture('interactions.csv'), fixture('escalations.csv'), fixture('qa_reviews.csv')]
    await loadFiles(home, 'canonical', files)
    const facts = 'SELECT * FROM interactions ORDER BY interaction_id'
    const before = await rowsOf(home, facts)
    const report = await loadFiles(home, 'canonical', files)
    expect(report.entities.interactions).toMatchObject({ read: 4, loaded: 0, unchanged: 4 })
    expect(report.entities.escalations).toMatchObject({ read: 1, loaded: 0, unchanged: 1 })
    expect(report.entities.qa_reviews).toMatchObject({ read: 2, loaded: 0, unchanged: 2 })
    expect(await rowsOf(home, facts)).toEqual(before)
  })

  it('lets the later updated_at win, also against the order of loading', async () => {
    const home = temporaryFolder()
    const version = (updatedAt: string, customer: string) =>
      temporaryFiles({ 'interactions.csv': contacts(contact('c1', { updatedAt, customer })) })
    await loadFiles(home, 'canonical', version('2026-02-02T00:00:00Z', 'second'))
    const older = await loadFiles(home, 'canonical', version('2026-02-01T00:00:00Z', 'first'))
    expect(older.entities.interactions).toMatchObject({ read: 1, loaded: 0, superseded: 1 })
    const newer = await loadFiles(home, 'canonical', version('2026-02-03T00:00:00Z', 'third'))
    expect(newer.entities.interactions).toMatchObject({ read: 1, loaded: 1 })
    expect(await rowsOf(home, 'SELECT customer_id FROM interactions')).toEqual([['third']])
  })

  it('lets the later load win where no updated_at is given', async () => {
    const home = temporaryFolder()
    for (const customer of ['first', 'second']) {
      const files = temporaryFiles({ 'interactions.csv': contacts(contact('c1', { customer })) })
      const report = await loadFiles(home, 'canonical', files)
      expect(report.entities.interactions).toMatchObject({ read: 1, loaded: 1 })
    }
    expect(await rowsOf(home, 'SELECT customer_id FROM interactions')).toEqual([['second']])
  })

  it('counts equal duplicates and older versions inside a load as superseded', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({
      'interactions-1.csv': contacts(
        contact('same'),
        contact('aged', { updatedAt: '2026-02-02T00:00:00Z', customer: 'new' }),
      ),
      'interactions-2.csv': contacts(
        contact('same'),
        contact('aged', { updatedAt: '2026-02-01T00:00:00Z', customer: 'old' }),
      ),
    })
    const report = await loadFiles(home, 'canonical', files)
    expect(report.entities.interactions).toMatchObject({ read: 4, loaded: 2, superseded: 2, quarantined: 0 })
    expect(
      await rowsOf(home, 'SELECT interaction_id, customer_id, source_file FROM interactions ORDER BY interaction_id'),
    ).toEqual([
      ['aged', 'new', 'interactions-1.csv'],
      ['same', null, 'interactions-2.csv'],
    ])
  })

  it('quarantines every version of a key that contradicts itself without saying which is newer', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({
      'interactions.csv': contacts(
        contact('undated', { customer: 'one' }),
        contact('undated', { customer: 'two' }),
        contact('dated', { customer: 'one', updatedAt: '2026-02-01T00:00:00Z' }),
        contact('dated', { customer: 'two', updatedAt: '2026-02-01T00:00:00Z' }),
        contact('dated', { customer: 'old', updatedAt: '2026-01-01T00:00:00Z' }),
        contact('sound'),
      ),
    })
    const report = await loadFiles(home, 'canonical', files, lenient)
    expect(report.entities.interactions).toMatchObject({
      read: 6,
      loaded: 1,
      superseded: 1,
      quarantined: 4,
      quarantinedByRule: { conflicting_duplicate: 4 },
    })
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions')).toEqual([['sound']])
  })

  it('keeps a tombstone as a row and leaves it out of the contacts', async () => {
    const home = temporaryFolder()
    const row = contact('c1').trim()
    const withFlag = (flag: string) => `${header.trim()},is_deleted\n${row},${flag}\n${contact('c2').trim()},\n`
    await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': withFlag('') }))
    const report = await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': withFlag('true') }))
    expect(report.entities.interactions).toMatchObject({ read: 2, loaded: 1, unchanged: 1 })
    expect(await rowsOf(home, 'SELECT interaction_id, is_deleted FROM interactions ORDER BY 1')).toEqual([
      ['c1', true],
      ['c2', null],
    ])
    expect(await rowsOf(home, 'SELECT interaction_id FROM contacts')).toEqual([['c2']])
  })
})

describe('orphans', () => {
  it('are quarantined, kept, and recovered by the load that brings their interaction', async () => {
    const home = temporaryFolder()
    const [early] = temporaryFiles({ 'qa_reviews.csv': reviews(review('q1', 'late'), review('q2', 'never')) })
    const first = await loadFiles(home, 'canonical', [fixture('interactions.csv'), String(early)], lenient)
    expect(first.entities.qa_reviews).toMatchObject({
      read: 2,
      loaded: 0,
      quarantined: 2,
      quarantinedByRule: { orphan: 2 },
    })
    expect(await rowsOf(home, 'SELECT review_id FROM qa_reviews')).toEqual([])

    const second = await loadFiles(home, 'canonical', temporaryFiles({ 'interactions.csv': contacts(contact('late')) }))
    expect(second.entities.qa_reviews).toMatchObject({ read: 0, loaded: 0, retried: 2, recovered: 1 })
    expect(await rowsOf(home, 'SELECT review_id, source_file, source_row FROM qa_reviews')).toEqual([
      ['q1', 'qa_reviews.csv', '1'],
    ])

    const third = await loadFiles(home, 'canonical', [fixture('interactions.csv')])
    expect(third.entities.qa_reviews).toMatchObject({ read: 0, retried: 1, recovered: 0 })
  })

  it('wait once, in their newest version, and a copy read together with the interaction takes their place', async () => {
    const home = temporaryFolder()
    const file = (outcome: string) => temporaryFiles({ 'qa_reviews.csv': reviews(review('q1', 'late', outcome)) })
    await loadFiles(home, 'canonical', file('pass'), lenient)
    const again = await loadFiles(home, 'canonical', file('fail'), lenient)
    expect(again.entities.qa_reviews).toMatchObject({ read: 1, quarantined: 1, retried: 0 })
    expect(await rowsOf(home, 'SELECT outcome FROM waiting_qa_reviews')).toEqual([['fail']])

    const both = await loadFiles(home, 'canonical', [
      ...file('pass'),
      ...temporaryFiles({ 'interactions.csv': contacts(contact('late')) }),
    ])
    expect(both.entities.qa_reviews).toMatchObject({ read: 1, loaded: 1, retried: 0, recovered: 0 })
    expect(await rowsOf(home, 'SELECT outcome FROM qa_reviews')).toEqual([['pass']])
    expect(await rowsOf(home, 'SELECT outcome FROM waiting_qa_reviews')).toEqual([])
  })
})

describe('quarantine', () => {
  const broken = () =>
    temporaryFiles({
      'interactions.csv': contacts(
        contact('good'),
        contact('pigeon', { channel: 'secret-pigeon' }),
        contact('').replace('desk,,', 'desk,,'),
        contact('naive').replace('09:00:00Z', '09:00:00'),
        contact('future').replace('2026-01-05', '2036-01-05'),
      ),
    })

  it('names rule, file, row and field, and every row read is accounted for', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'canonical', broken(), lenient)
    expect(report.entities.interactions).toMatchObject({ read: 5, loaded: 1, quarantined: 4 })
    expect(
      await rowsOf(
        home,
        'SELECT entity, rule, field, source_file, source_row::INT FROM quarantine ORDER BY source_row',
      ),
    ).toEqual([
      ['interactions', 'unknown_value', 'channel', 'interactions.csv', 2],
      ['interactions', 'missing_value', 'interaction_id', 'interactions.csv', 3],
      ['interactions', 'unreadable_value', 'started_at', 'interactions.csv', 4],
      ['interactions', 'implausible_date', 'started_at', 'interactions.csv', 5],
    ])
    expect(
      await rowsOf(home, 'SELECT read_count::INT, loaded_count::INT, quarantined_count::INT FROM load_counts'),
    ).toEqual([[5, 1, 4]])
  })

  it('keeps the raw values in a file of its owner only, never in the warehouse', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'canonical', broken(), lenient)
    const file = String(report.rejectsFile)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    const lines = readFileSync(file, 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
    expect(lines).toHaveLength(4)
    expect(lines[0]).toMatchObject({
      rule: 'unknown_value',
      source_row: 2,
      values: { channel: 'secret-pigeon', started_at: '2026-01-05T09:00:00Z' },
    })
    expect(JSON.stringify(await rowsOf(home, 'SELECT * FROM quarantine'))).not.toContain('secret-pigeon')
    expect(JSON.stringify(report)).not.toContain('secret-pigeon')
  })

  it('refuses the load over the allowed share and publishes nothing', async () => {
    const home = temporaryFolder()
    await expect(loadFiles(home, 'canonical', broken())).rejects.toMatchObject({
      code: 'load_refused',
      message: expect.stringMatching(/interactions: 4 of 5 rows refused \(80 %, at most 5 % allowed\)/),
    })
    expect(readdirSync(join(home, 'warehouse')).filter((name) => name !== 'load.lock')).toEqual([])
    expect(readdirSync(join(home, 'rejects'))).toHaveLength(1)
  })

  it('allows exactly the share', async () => {
    const home = temporaryFolder()
    const rows = Array.from({ length: 19 }, (_, index) => contact(`c${index}`))
    const files = temporaryFiles({ 'interactions.csv': contacts(...rows, contact('bad', { channel: 'pigeon' })) })
    const report = await loadFiles(home, 'canonical', files)
    expect(report.entities.interactions).toMatchObject({ read: 20, loaded: 19, quarantined: 1 })
  })
})

describe('a load', () => {
  it('leaves only the snapshot, the pointer and the lock behind', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture('interactions.csv')])
    expect(readdirSync(join(home, 'warehouse')).sort()).toEqual(['current.json', 'load.lock', 'snapshot-000001.duckdb'])
    expect(existsSync(join(home, 'rejects'))).toBe(false)
  })

  it('records who loaded which file with its checksum', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture('interactions.csv')])
    expect(
      await rowsOf(
        home,
        'SELECT source, loaded_by, source_file, length(sha256)::INT FROM loads JOIN load_files USING (load_id)',
      ),
    ).toEqual([['canonical', 'test', 'interactions.csv', 64]])
  })

  it('writes the levels that are in force into the snapshot', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', [fixture('interactions.csv')], {
      levelsInForce: [
        {
          interaction_type: 'order_status',
          oversight_level: 'human_in_the_loop',
          effective_from: new Date('2026-01-01T00:00:00Z'),
          effective_to: null,
        },
      ],
    })
    expect(await rowsOf(home, 'SELECT oversight_level FROM levels_in_force')).toEqual([['human_in_the_loop']])
  })

  it('refuses a file that is given twice, a folder, and a name that the source does not take', async () => {
    const home = temporaryFolder()
    const file = fixture('interactions.csv')
    await expect(loadFiles(home, 'canonical', [file, file])).rejects.toThrow('is given twice')
    await expect(loadFiles(home, 'canonical', [home])).rejects.toThrow('is not a regular file')
    await expect(loadFiles(home, 'canonical', temporaryFiles({ 'contacts.csv': '' }))).rejects.toThrow(
      'Source canonical does not take a file named contacts.csv',
    )
    await expect(loadFiles(home, 'canonical', [join(home, 'absent.csv')])).rejects.toMatchObject({ code: 'not_found' })
  })
})
