import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const contact = (id: string, startedAt: string, source = 'desk') => `${source},${id},x,chat,${startedAt},ai\n`
const file = (...rows: string[]) => temporaryFiles({ 'interactions.csv': header + rows.join('') })
const now = new Date('2026-11-20T12:00:00Z')
const reachIn = (home: string) =>
  rowsOf(home, 'SELECT loaded_through, mature_through FROM snapshot_info').then(([row]) => row)

/** The canonical contacts again, with settings of their own. */
function sourceWith(settings: object): string {
  const folder = temporaryFolder()
  const columns = [...header.trim().split(','), 'exported_at']
  mkdirSync(join(folder, 'mine'))
  const files = {
    'source.json': JSON.stringify({
      name: 'mine',
      description: 'Contacts.',
      customerIds: 'opaque',
      files: [{ match: ['*.csv'], relation: 'contact', required: columns.slice(0, -1), optional: ['exported_at'] }],
      ...settings,
    }),
    'interactions.sql': `SELECT source_file, source_row, ${columns.slice(0, -1).join(', ')} FROM contact`,
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, 'mine', name), content)
  return folder
}

describe('how far a load reaches', () => {
  it('is its latest event when nobody declares it', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'canonical', file(contact('a', '2026-11-18T10:00:00Z')), { now })
    expect(report.reach).toEqual({
      loadedThrough: '2026-11-18T10:00:00.000Z',
      matureThrough: '2026-11-11T10:00:00.000Z',
      sources: [
        {
          source: 'desk',
          isLive: false,
          through: '2026-11-18T10:00:00.000Z',
          isDeclared: false,
          matureThrough: '2026-11-11T10:00:00.000Z',
        },
      ],
    })
  })

  it('is what the load declares: a quiet end of the month is complete, its day in the reporting time zone', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'canonical', file(contact('a', '2026-10-29T10:00:00Z')), {
      now,
      reportingTimeZone: 'Europe/Berlin',
      loadedThrough: '2026-10-31',
    })
    expect(report.reach.sources).toMatchObject([{ through: '2026-10-31T23:00:00.000Z', isDeclared: true }])
    expect(report.reach.matureThrough).toBe('2026-10-31T23:00:00.000Z')
    expect(await rowsOf(home, 'SELECT source, is_live, declared_through, last_event FROM load_sources')).toEqual([
      ['desk', false, '2026-10-31 23:00:00+00', '2026-10-29 10:00:00+00'],
    ])
  })

  it.each([
    ['a day of source.json', { loadedThrough: '2026-11-16' }, '2026-11-17T00:00:00.000Z'],
    ['an instant of source.json', { loadedThrough: '2026-11-16T18:00:00+02:00' }, '2026-11-16T16:00:00.000Z'],
    [
      'the latest of a column',
      { loadedThrough: { relation: 'contact', column: 'exported_at' } },
      '2026-11-19T05:00:00.000Z',
    ],
  ])('is %s', async (_, settings, expected) => {
    const rows = `${header.trim()},exported_at\ndesk,a,x,chat,2026-11-15T10:00:00Z,ai,2026-11-19T05:00:00Z\ndesk,b,x,chat,2026-11-14T10:00:00Z,ai,\n`
    const files = temporaryFiles({ 'c.csv': rows })
    const options = { now, sources: sourceWith(settings) }
    const home = temporaryFolder()
    const report = await loadFiles(home, 'mine', files, options)
    expect(report.reach.sources).toMatchObject([{ through: expected, isDeclared: true }])
    const again = await loadFiles(home, 'mine', files, options)
    expect(again.repeatedLoadId).toBe(report.loadId)
    expect(again.reach.sources).toEqual(report.reach.sources)
  })

  it('is refused when it does not read as a time', async () => {
    for (const loadedThrough of ['31.10.2026', '2026-02-30', { relation: 'contact', column: 'handled_by' }]) {
      const load = loadFiles(temporaryFolder(), 'mine', file(contact('a', '2026-11-15T10:00:00Z')), {
        now,
        sources: sourceWith({ loadedThrough }),
      })
      await expect(load).rejects.toMatchObject({ code: 'bad_input' })
    }
  })

  it('warns of a declaration that its events overrun, and of one that lies ahead, which counts as now', async () => {
    const home = temporaryFolder()
    const early = await loadFiles(home, 'canonical', file(contact('a', '2026-11-15T10:00:00Z')), {
      now,
      loadedThrough: '2026-10-31',
    })
    expect(early.warnings).toEqual([
      'desk is declared complete through 2026-11-01T00:00:00.000Z, but its latest event is of 2026-11-15T10:00:00.000Z; the declaration counts.',
    ])
    expect(early.reach.sources).toMatchObject([{ through: '2026-11-01T00:00:00.000Z' }])
    const ahead = await loadFiles(home, 'canonical', file(contact('b', '2026-11-15T10:00:00Z')), {
      now,
      loadedThrough: '2026-12-31',
    })
    expect(ahead.warnings).toEqual([expect.stringContaining('lies ahead')])
    expect(ahead.reach.loadedThrough).toBe(now.toISOString())
  })

  it('is not taken back by a late file of an old month', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'canonical', file(contact('a', '2026-11-15T10:00:00Z')), { now })
    const late = await loadFiles(home, 'canonical', file(contact('b', '2026-08-15T10:00:00Z')), {
      now,
      loadedThrough: '2026-08-31',
    })
    expect(late.reach.sources).toMatchObject([{ through: '2026-11-15T10:00:00.000Z', isDeclared: false }])
  })
})

describe('a live source', () => {
  it('holds maturity back once it stops, until it delivers or is said to be live no more', async () => {
    const home = temporaryFolder()
    const desk = file(contact('a', '2026-09-10T10:00:00Z'))
    await loadFiles(home, 'canonical', desk, { now, isLive: true })
    await loadFiles(home, 'canonical', file(contact('b', '2026-11-19T10:00:00Z', 'survey')), { now })
    expect(await reachIn(home)).toEqual(['2026-09-10 10:00:00+00', '2026-09-03 10:00:00+00'])

    const ended = await loadFiles(home, 'canonical', desk, { now, isLive: false })
    expect(ended.reach.loadedThrough).toBe('2026-11-19T10:00:00.000Z')
    const back = await loadFiles(home, 'canonical', file(contact('c', '2026-11-20T09:00:00Z')), { now, isLive: true })
    expect(back.reach.loadedThrough).toBe('2026-11-20T09:00:00.000Z')
  })

  it('is declared by its source.json', async () => {
    const report = await loadFiles(temporaryFolder(), 'mine', file(contact('a', '2026-09-10T10:00:00Z')), {
      now,
      sources: sourceWith({ live: true }),
    })
    expect(report.reach).toMatchObject({ loadedThrough: '2026-09-10T10:00:00.000Z', sources: [{ isLive: true }] })
  })
})
