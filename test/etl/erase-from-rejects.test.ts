import { mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { eraseFromRejects, listRejectedContacts } from '#etl/erase-from-rejects.ts'
import { erasedContactHash } from '#etl/erased-customers.ts'
import { pseudonymOf } from '#etl/pseudonym.ts'
import { temporaryFolder } from '#test/build/load-files.ts'

const key = Buffer.alloc(32, 7)
const interaction = (id: unknown, customer: unknown, source: string | null = 'desk') =>
  `{"entity":"interactions","values":{"source":${JSON.stringify(source)},"interaction_id":${id},"customer_id":${customer}}}`
const survey = (id: string, score: string, source = 'desk') =>
  `{"entity":"csat_responses","values":{"source":"${source}","interaction_id":"${id}","score":${score}}}`

/** The lines that stay in a file of rejects after the customer was erased from it. */
function erase(lines: string[], person: Partial<Parameters<typeof eraseFromRejects>[1]>): string[] {
  const directory = join(temporaryFolder(), 'rejects')
  mkdirSync(directory)
  const file = join(directory, 'load.ndjson')
  writeFileSync(file, `${lines.join('\n')}\n`)
  const count = eraseFromRejects(directory, { identifiers: [], erased: [], key, ...person })
  const kept = readFileSync(file, 'utf8').split('\n').filter(Boolean)
  expect(count).toBe(lines.length - kept.length)
  return kept
}

describe('erasing a customer from the rejects', () => {
  it('takes their rows and those of their contacts, and no row of others that holds the same value', () => {
    const others = [survey('2', '1'), survey('1', '5', 'another desk'), '{"entity":"change_events","values":{}}']
    const erased = [erasedContactHash({ source: 'desk', interactionId: '1' }, key)]
    const lines = [interaction('"9"', '"ann"'), survey('1', '3'), ...others]
    expect(erase(lines, { identifiers: ['ann'], erased })).toEqual(others)
    // A second run, after the rows that told of the contact went.
    expect(erase([survey('1', '3'), ...others], { erased })).toEqual(others)
  })

  it('knows the contacts that were refused themselves, each once', () => {
    const directory = temporaryFolder()
    const lines = [
      survey('9', '3'),
      interaction('"9"', '"ann"'),
      interaction('"9"', '"ann"'),
      interaction('"8"', '"ben"'),
    ]
    writeFileSync(join(directory, 'load.ndjson'), `${lines.join('\n')}\n`)
    const refused = [{ source: 'desk', interactionId: '9' }]
    for (const identifier of ['ann', pseudonymOf('ann', key)]) {
      expect(listRejectedContacts(directory, { identifiers: [identifier], key })).toEqual(refused)
    }
    expect(listRejectedContacts(join(directory, 'none'), { identifiers: ['ann'], key })).toEqual([])
  })

  it('finds them by their pseudonym, though refused rows hold the customer as the source does', () => {
    const stays = interaction('"8"', '"ben"')
    expect(erase([interaction('"9"', '"ann"'), stays], { identifiers: [pseudonymOf('ann', key)] })).toEqual([stays])
  })

  it('tells numbers of nineteen digits apart', () => {
    const stays = interaction('1', '1234567890123456789')
    expect(erase([interaction('2', '1234567890123456788'), stays], { identifiers: ['1234567890123456788'] })).toEqual([
      stays,
    ])
  })

  it('leaves rows without a contact alone where theirs lacks one', () => {
    const stays = '{"entity":"change_events","values":{"source":"desk"}}'
    expect(erase([interaction('null', '"ann"', null), stays], { identifiers: ['ann'] })).toEqual([stays])
  })

  it('does not begin the 90 days of the others anew', () => {
    const directory = temporaryFolder()
    const file = join(directory, 'load.ndjson')
    writeFileSync(file, `${interaction('"9"', '"ann"')}\n${interaction('"8"', '"ben"')}\n`)
    const then = new Date('2026-01-05T09:00:00Z')
    utimesSync(file, then, then)
    eraseFromRejects(directory, { identifiers: ['ann'], erased: [], key })
    expect(statSync(file).mtime).toEqual(then)
  })
})
