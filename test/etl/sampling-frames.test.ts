import { describe, expect, it } from 'vitest'
import { entityJsonSchema } from '#models/contract/json-schema.ts'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'

const interactions =
  'source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,c1,x,chat,2026-09-05T09:00:00Z,ai\n'
const header = 'source,month,interaction_type,stratum,population,drawn,seed,updated_at\n'
const frames = (...rows: string[]) =>
  temporaryFiles({ 'interactions.csv': interactions, 'sampling_frames.csv': header + rows.join('') })

describe('sampling frames', () => {
  it('are loaded by source, month, type and stratum, and a newer version takes the place of an older', async () => {
    const home = temporaryFolder()
    await loadFiles(
      home,
      'canonical',
      frames('desk,2026-09,x,flagged,1000,100,s1,\n', 'desk,2026-09,x,unflagged,9000,100,s1,\n'),
    )
    const second = await loadFiles(
      home,
      'canonical',
      frames('desk,2026-09,x,flagged,1001,100,s1,2026-10-02T00:00:00Z\n'),
    )
    expect(second.entities.sampling_frames).toMatchObject({ read: 1, loaded: 1 })
    expect(await rowsOf(home, 'SELECT frame_id, population, drawn, seed FROM sampling_frames ORDER BY 1')).toEqual([
      ['2026-09/x/flagged', '1001', '100', 's1'],
      ['2026-09/x/unflagged', '9000', '100', 's1'],
    ])
  })

  it.each([
    ['a month that is none', 'desk,2026-13,x,a,10,5,,\n', 'unusable_name', 'month'],
    ['more drawn than there are', 'desk,2026-09,x,a,10,11,,\n', 'out_of_bounds', 'drawn'],
    ['a negative population', 'desk,2026-09,x,a,-1,-2,,\n', 'out_of_bounds', 'population'],
    ['part of a contact', 'desk,2026-09,x,a,10.5,5,,\n', 'unreadable_value', 'population'],
    ['no stratum', 'desk,2026-09,x,,10,5,,\n', 'missing_value', 'stratum'],
  ])('are refused with %s', async (_, row, rule, field) => {
    const report = await loadFiles(temporaryFolder(), 'canonical', frames(row), { maximumRejectShare: 1 })
    expect(report.entities.sampling_frames).toMatchObject({ read: 1, quarantined: 1, reasons: [{ rule, field }] })
  })

  it('are told to suppliers as a JSON schema', () => {
    expect(entityJsonSchema('sampling_frames')).toMatchObject({
      title: 'sampling_frames',
      properties: { month: { pattern: '^\\d{4}-(0[1-9]|1[0-2])$' }, population: { type: 'integer', minimum: 0 } },
      required: expect.arrayContaining(['source', 'month', 'interaction_type', 'stratum', 'population', 'drawn']),
    })
  })
})
