import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFolder } from '#test/build/load-files.ts'

const fixtures = join(import.meta.dirname, 'fixtures', 'tau2-bench')
const fixture = (name: string) => join(fixtures, name)

describe('source tau2-bench', () => {
  it('names the interaction type after the write tools of the gold actions', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'tau2-bench', [fixture('airline.json')])
    expect(
      await rowsOf(home, 'SELECT interaction_id, interaction_type, ai_version FROM interactions ORDER BY source_row'),
    ).toEqual([
      ['a-single', 'airline:cancel_reservation', 'model-a'],
      ['a-loop', 'airline:multi_request', 'model-a'],
      ['a-null-actions', 'airline:information_or_refusal', 'model-a'],
      ['a-expected', 'airline:information_or_refusal', 'model-a'],
      ['a-same-tool-twice', 'airline:update_reservation_flights', 'model-a'],
      ['a-empty-actions', 'airline:information_or_refusal', 'model-a'],
    ])
  })

  it('falls back to the checked actions where a file lacks its tasks, and to unknown where those are missing', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'tau2-bench', [fixture('retail_without-tasks.json')])
    expect(
      await rowsOf(
        home,
        'SELECT interaction_id, interaction_type, ai_version, is_time_placeholder FROM interactions ORDER BY source_row',
      ),
    ).toEqual([
      ['r-checks', 'retail:return_delivered_order_items', 'model-b', true],
      ['r-no-checks', 'retail:unknown', 'model-b', true],
      ['r-empty-checks', 'retail:unknown', 'model-b', true],
      ['r-expected', 'retail:information_or_refusal', 'model-b', true],
    ])
  })

  it('takes the family of a telecom task from its first brackets', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'tau2-bench', [fixture('telecom.json')])
    expect(await rowsOf(home, 'SELECT interaction_type FROM interactions ORDER BY source_row')).toEqual([
      ['telecom:mobile_data_issue'],
      ['telecom:send_payment_request'],
    ])
  })

  it('counts one escalation per conversation however often the transfer tool is called, at the first call', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'tau2-bench', [fixture('airline.json'), fixture('retail_without-tasks.json')])
    expect(
      await rowsOf(
        home,
        'SELECT escalation_id, reason, expected, escalated_at FROM escalations ORDER BY source_file, source_row',
      ),
    ).toEqual([
      ['a-loop:esc', 'other', false, '2026-03-08 20:20:51.2+00'],
      ['a-expected:esc', 'other', true, '2026-03-08 20:20:50+00'],
      // Nobody says what was to be done; the message has no time of its own.
      ['r-no-checks:esc', 'other', null, '2025-01-01 00:01:00+00'],
      ['r-expected:esc', 'other', true, '2025-01-01 00:01:00+00'],
    ])
  })

  it('takes the reward as a review by a program, passed only at 1, and none where it is null', async () => {
    const home = temporaryFolder()
    await loadFiles(home, 'tau2-bench', [fixture('airline.json')])
    expect(
      await rowsOf(
        home,
        `SELECT review_id, outcome, reviewer_kind, sampling, inclusion_probability, sampled_at = reviewed_at
         FROM qa_reviews ORDER BY source_row`,
      ),
    ).toEqual([
      ['a-single:reward', 'pass', 'program', 'random', 1, true],
      ['a-loop:reward', 'fail', 'program', 'random', 1, true],
      ['a-expected:reward', 'pass', 'program', 'random', 1, true],
      ['a-same-tool-twice:reward', 'fail', 'program', 'random', 1, true],
      ['a-empty-actions:reward', 'pass', 'program', 'random', 1, true],
    ])
  })

  it('gives the same facts when the files are loaded one after another', async () => {
    const [together, apart] = [temporaryFolder(), temporaryFolder()]
    const files = readdirSync(fixtures).map(fixture)
    await loadFiles(together, 'tau2-bench', files)
    for (const file of files) await loadFiles(apart, 'tau2-bench', [file])
    const facts = `SELECT i.* EXCLUDE (load_id, loaded_at), e.* EXCLUDE (load_id, loaded_at), q.* EXCLUDE (load_id, loaded_at)
      FROM interactions i LEFT JOIN escalations e USING (source, interaction_id)
      LEFT JOIN qa_reviews q USING (source, interaction_id) ORDER BY ALL`
    expect(await rowsOf(apart, facts)).toEqual(await rowsOf(together, facts))
  })
})

const data = join(process.cwd(), '..', 'shared', 'data', 'tau2_simulations')
const oracle = join(process.cwd(), '..', 'shared', 'oracle', 'tau2_simulations_by_file_type.csv')
const isAbsent = !existsSync(data) || !existsSync(oracle)

describe(`source tau2-bench on the 12 public files${isAbsent ? ' (skipped: ../shared/data is absent)' : ''}`, () => {
  it.skipIf(isAbsent)('reaches every count of the reference, and a second load changes nothing', async () => {
    const home = temporaryFolder()
    const files = readdirSync(data).filter((name) => name.endsWith('.json.gz'))
    const paths = files.map((name) => join(data, name))
    const first = await loadFiles(home, 'tau2-bench', paths, { now: new Date() })
    expect(first.entities.interactions).toMatchObject({ read: 574, loaded: 574, quarantined: 0 })

    const rows = await rowsOf(
      home,
      `SELECT i.source_file, split_part(c.interaction_type, ':', 1), c.interaction_type, count(*)::INT,
         count(*) FILTER (c.label_review_id IS NOT NULL)::INT, count(*) FILTER (c.is_error)::INT,
         count(*) FILTER (c.is_escalated)::INT
       FROM contacts c JOIN interactions i USING (source, interaction_id) GROUP BY ALL`,
    )
    const expected = readFileSync(oracle, 'utf8').trim().split('\n').slice(1)
    expect(rows.map((row) => row.join(',')).sort()).toEqual(expected.map((line) => line.trim()).sort())
    const sum = (index: number) => rows.reduce((total, row) => total + Number(row[index]), 0)
    expect([sum(3), sum(4), sum(5), sum(6)]).toEqual([574, 573, 217, 156])

    const second = await loadFiles(home, 'tau2-bench', paths, { now: new Date() })
    expect(second.entities.interactions).toMatchObject({ read: 574, loaded: 0, unchanged: 574 })
    expect(second.entities.escalations).toMatchObject({ read: 156, unchanged: 156 })
    expect(second.entities.qa_reviews).toMatchObject({ read: 573, unchanged: 573 })
  })
})
