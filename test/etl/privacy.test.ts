import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eraseCustomer } from '#etl/erase-customer.ts'
import { pseudonymOf } from '#etl/pseudonym.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const key = Buffer.from('a key of more than sixty-four bytes, so that it has to be hashed before it is used')
/** The one under which `loadFiles` loads. */
const loadKey = Buffer.alloc(32, 7)
const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by,customer_id,issue_key\n'
const contact = (id: string, customer: string, issue = '') =>
  `desk,${id},order_status,chat,2026-01-05T09:00:00Z,ai,${customer},${issue}\n`
const file = (...rows: string[]) => temporaryFiles({ 'interactions.csv': header + rows.join('') })

/** A source whose customer identifiers are personal. */
function personalSource(): string {
  const folder = temporaryFolder()
  const columns = header.trim().split(',')
  const name = join(folder, 'crm')
  const files = {
    'source.json': JSON.stringify({
      name: 'crm',
      description: 'Contacts with e-mail addresses as customers.',
      files: [{ match: ['*.csv'], relation: 'contact', required: columns }],
    }),
    'interactions.sql': `SELECT source_file, source_row, ${columns.join(', ')} FROM contact`,
  }
  mkdirSync(name)
  for (const [each, content] of Object.entries(files)) writeFileSync(join(name, each), content)
  return folder
}

describe('customers', () => {
  it('are hashed under the key where the source does not call them opaque: the same HMAC as anybody computes', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'crm', file(contact('c1', 'ann@example.org'), contact('c2', '')), {
      sources: personalSource(),
      pseudonymKey: key,
    })
    expect(await rowsOf(home, 'SELECT customer_id FROM interactions ORDER BY interaction_id')).toEqual([
      [pseudonymOf('ann@example.org', key)],
      [null],
    ])
  })

  it.each([
    ['an e-mail address', 'customer_id', contact('c1', 'ann@example.org'), 'e-mail addresses'],
    ['a telephone number', 'customer_id', contact('c1', '+49 30 1234567'), 'telephone numbers'],
    ['a name', 'customer_id', contact('c1', 'Ann Smith'), 'names of people'],
    ['an e-mail address elsewhere', 'issue_key', contact('c1', 'k1', 'ann@example.org'), 'e-mail addresses'],
  ])('%s in an opaque column refuses the load, without telling the value', async (_, column, row, kind) => {
    const home = temporaryFolder()
    const refused = loadFiles(home, 'canonical', file(row))
    await expect(refused).rejects.toMatchObject({
      code: 'load_refused',
      message: expect.stringMatching(new RegExp(`^interactions.csv: column ${column} of interactions .+ ${kind}`)),
    })
    await expect(refused).rejects.not.toThrow(/example\.org|1234567|Smith/)
    expect(readdirSync(join(home, 'warehouse'))).toEqual(['load.lock'])
  })

  it('identifiers, dates and titles are none of these', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(
      home,
      'canonical',
      file(contact('2026-01-05-7', '4915112345678', 'ORD-2026-10-15'), contact('c2', '0b7c-11ee', '12345678')),
    )
    expect(report.entities.interactions).toMatchObject({ loaded: 2 })
  })
})

describe('refused rows', () => {
  it('leave no byte of what they say in the published file, those of a first load neither', async () => {
    const home = temporaryFolder()
    const refused = `desk,bad,order_status,secret-pigeon,2026-01-05T09:00:00Z,ai,ann@example.org,\n`
    for (const id of ['c1', 'c2']) {
      const report = await loadFiles(home, 'crm', file(contact(id, 'bob@example.org'), refused), {
        sources: personalSource(),
        pseudonymKey: key,
        maximumRejectShare: 1,
      })
      expect(report.entities.interactions).toMatchObject({ loaded: 1, quarantined: 1 })
      const name = `snapshot-${String(report.snapshotId).padStart(6, '0')}.duckdb`
      const bytes = readFileSync(join(home, 'warehouse', name), 'latin1')
      expect([bytes.includes('secret-pigeon'), bytes.includes('example.org')]).toEqual([false, false])
    }
    expect(await rowsOf(home, 'SELECT interaction_id FROM contacts ORDER BY 1')).toEqual([['c1'], ['c2']])
  })
})

describe('erasing a customer', () => {
  it('leaves no byte of the person in any kept file, and everybody else', async () => {
    const home = temporaryFolder()
    const [gone, stays] = ['customer-who-leaves-73a1', 'customer-who-stays-99b2']
    const contacts = (id: string) => file(contact(`contact-gone-${id}`, gone), contact(`contact-stays-${id}`, stays))
    await loadFiles(home, 'canonical', contacts('1'))
    await loadFiles(home, 'canonical', contacts('2'))
    const broken = contact('contact-gone-3', gone).replace('chat', 'pigeon')
    await loadFiles(home, 'canonical', file(broken, contact('contact-stays-3', stays)), { maximumRejectShare: 1 })
    expect(bytesOf(home)).toContain(gone)
    expect(bytesOf(home)).toContain('contact-gone-1')

    const erasure = await eraseCustomer(
      { warehouseDirectory: join(home, 'warehouse'), rejectsDirectory: join(home, 'rejects') },
      [gone],
      loadKey,
    )
    expect(erasure).toEqual({ snapshotCount: 3, contactCount: 2, rejectCount: 1 })
    const bytes = bytesOf(home)
    expect(bytes).not.toContain(gone)
    expect(bytes).not.toContain('contact-gone')
    expect(bytes).toContain(stays)
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions ORDER BY 1')).toEqual([
      ['contact-stays-1'],
      ['contact-stays-2'],
      ['contact-stays-3'],
    ])
    const next = await loadFiles(home, 'canonical', file(contact('contact-stays-4', stays)))
    expect(next.entities.interactions).toMatchObject({ loaded: 1 })
  })
})

describe('an erased customer', () => {
  const reviews = (...contacts: string[]) =>
    `source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,outcome\n${contacts
      .map((id) => `desk,review-of-${id},${id},r1,human,random,2026-01-08T09:00:00Z,pass\n`)
      .join('')}`
  const [gone, stays] = ['customer-who-leaves-73a1', 'customer-who-stays-99b2']
  const contacts = header + contact('contact-gone-1', gone) + contact('contact-stays-1', stays)
  const both = () =>
    temporaryFiles({ 'interactions.csv': contacts, 'qa_reviews.csv': reviews('contact-gone-1', 'contact-stays-1') })
  const erase = (home: string) =>
    eraseCustomer(
      { warehouseDirectory: join(home, 'warehouse'), rejectsDirectory: join(home, 'rejects') },
      [gone],
      loadKey,
    )

  it('does not come back with the same files: row by row into quarantine, and the values nowhere', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', both())
    await erase(home)
    const again = await loadFiles(home, 'canonical', both())
    expect(again.entities).toMatchObject({
      interactions: { read: 2, unchanged: 1, quarantined: 1, quarantinedByRule: { erased_customer: 1 } },
      qa_reviews: { read: 2, unchanged: 1, quarantined: 1, quarantinedByRule: { erased_customer: 1 } },
    })
    expect(
      await rowsOf(home, "SELECT entity, source_row FROM quarantine WHERE rule = 'erased_customer' ORDER BY 1"),
    ).toEqual([
      ['interactions', '1'],
      ['qa_reviews', '1'],
    ])
    expect(readFileSync(String(again.rejectsFile), 'utf8')).toContain('"values":{}')
    expect(bytesOf(home)).not.toMatch(/contact-gone|customer-who-leaves/)
    expect(bytesOf(home)).toContain(stays)
  })

  it('does not come back in a new contact, in a faulty row, nor in a survey that comes by itself', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', file(contact('contact-gone-1', gone), contact('contact-stays-1', stays)))
    await erase(home)
    const faulty = contact('contact-gone-3', gone).replace('chat', 'pigeon')
    const next = await loadFiles(home, 'canonical', file(contact('contact-gone-2', gone), faulty))
    expect(next.entities.interactions).toMatchObject({ quarantinedByRule: { erased_customer: 2 } })
    const alone = await loadFiles(
      home,
      'canonical',
      temporaryFiles({ 'qa_reviews.csv': reviews('contact-gone-1', 'contact-gone-2', 'contact-gone-3') }),
    )
    expect(alone.entities.qa_reviews).toMatchObject({ quarantined: 3, quarantinedByRule: { erased_customer: 3 } })
    expect(bytesOf(home)).not.toMatch(/contact-gone|customer-who-leaves/)
  })

  it('takes along what waited for a contact of theirs', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', file(contact('contact-gone-1', gone)))
    const waiting = temporaryFiles({ 'qa_reviews.csv': reviews('contact-gone-2') })
    await loadFiles(home, 'canonical', waiting, { maximumRejectShare: 1 })
    await erase(home)
    await loadFiles(home, 'canonical', file(contact('contact-gone-2', gone), contact('contact-stays-1', stays)))
    expect(await rowsOf(home, 'SELECT count(*) FROM waiting_qa_reviews')).toEqual([['0']])
  })

  it('is not kept out without the key, so nothing is loaded', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', both())
    await erase(home)
    const load = loadFiles(home, 'canonical', both(), { pseudonymKey: undefined as never })
    await expect(load).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringContaining('the key is needed'),
    })
  })
})

function bytesOf(home: string): string {
  return ['warehouse', 'rejects']
    .flatMap((folder) =>
      readdirSync(join(home, folder)).map((name) => readFileSync(join(home, folder, name), 'latin1')),
    )
    .join('\n')
}
