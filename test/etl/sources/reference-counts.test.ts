import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFolder } from '#test/build/load-files.ts'
import { readOracleTable } from '#test/build/oracle.ts'
import { hasRealFiles, realFiles, skipNote } from './real-files.ts'

const sources = import.meta.dirname
const now = new Date()

/** Loads every file of a data set and gives the home. */
async function loadReal(source: string, files: readonly string[], directory = sources): Promise<string> {
  const home = temporaryFolder()
  const report = await loadFiles(home, source, files, { sources: directory, now })
  for (const counts of Object.values(report.entities)) expect(counts?.quarantined).toBe(0)
  return home
}

/** The same numbers, whatever their order; reals to six digits, as the reference has them. */
function expectRows(found: unknown[][], expected: unknown[][]): void {
  const spell = (rows: unknown[][]) =>
    rows.map((row) => row.map((value) => (typeof value === 'number' ? value.toFixed(6) : String(value))).join('|'))
  expect(spell(found).sort()).toEqual(spell(expected).sort())
}

describe.skipIf(!hasRealFiles)(`counts over real files equal the reference${skipNote}`, () => {
  const files = hasRealFiles ? realFiles('ecommerce_csat', /\.csv\.gz$/) : []
  const counts = `count(*)::INT, round(avg(csat_score), 6), count(*) FILTER (csat_score >= 4)::INT,
    round(avg((csat_score >= 4)::INT), 6), count(*) FILTER (csat_score <= 2)::INT,
    count(*) FILTER (finished_at >= started_at)::INT, median(date_diff('minute', started_at, finished_at))::DOUBLE`
  const expectedCounts = (row: Record<string, string>) =>
    ['n', 'csat_mean', 'n_sat_4_5', 'csat_pct', 'n_dsat_1_2', 'n_valid_lag', 'median_response_min'].map((column) =>
      Number(row[column]),
    )

  it('ecommerce_csat: by category, sub-category and channel', async () => {
    const home = await loadReal('ecommerce-csat', files)
    for (const [group, name, column] of [
      ["split_part(interaction_type, ': ', 1)", 'ecommerce_open_by_category.csv', 'category'],
      ["split_part(interaction_type, ': ', 2)", 'ecommerce_open_by_subcategory.csv', 'subcategory'],
      [
        "CASE WHEN channel = 'email' THEN 'Email' WHEN direction = 'outbound' THEN 'Outcall' ELSE 'Inbound' END",
        'ecommerce_open_by_channel.csv',
        'channel',
      ],
    ] as const) {
      const rows = await rowsOf(
        home,
        `SELECT ${group.replace('channel =', 'c.channel =')}, ${counts} FROM
           (SELECT c.*, i.direction FROM contacts c JOIN interactions i USING (source, interaction_id)) c GROUP BY 1`,
      )
      const reference = readOracleTable(name)
      expect(rows).toHaveLength(reference.length)
      expectRows(
        rows,
        reference.map((row) => [row[column], ...expectedCounts(row)]),
      )
    }
  })

  it.each([
    ['Manager', 'manager'],
    ['Agent Shift', 'shift'],
    ['Tenure Bucket', 'tenure'],
  ])('ecommerce_csat: by %s, once a changed mapping makes it the type', async (column, key) => {
    const changed = temporaryFolder()
    cpSync(join(sources, 'ecommerce-csat'), join(changed, 'ecommerce-csat'), { recursive: true })
    const mapping = join(changed, 'ecommerce-csat', 'interactions.sql')
    const sql = readFileSync(mapping, 'utf8')
    writeFileSync(mapping, sql.replace(`category || ': ' || "Sub-category" AS`, `"${column}" AS`))
    const home = await loadReal('ecommerce-csat', files, changed)
    const reference = readOracleTable(`ecommerce_open_by_${key}.csv`)
    expectRows(
      await rowsOf(home, `SELECT interaction_type, ${counts} FROM contacts GROUP BY 1`),
      reference.map((row) => [row[key], ...expectedCounts(row)]),
    )
  })

  it('dstc2_restaurant_calls: calls, success, questionnaire, confidence, length, callers, dates', async () => {
    const calls = realFiles('dstc2_restaurant_calls', /\.jsonl\.gz$/)
    const home = await loadReal('dstc2', calls)
    // Turns are no fact of ours, so the confidence per call is weighted with those counted in the files.
    const turns = new Map<string, number>()
    for (const line of calls.flatMap((file) => gunzipSync(readFileSync(file)).toString().trim().split('\n'))) {
      const { log } = JSON.parse(line)
      turns.set(log['session-id'], log.turns.length)
    }
    const confidence = new Map<string, number>()
    for (const [version, id, value] of await rowsOf(
      home,
      'SELECT ai_version, interaction_id, ai_confidence FROM interactions',
    )) {
      confidence.set(
        String(version),
        (confidence.get(String(version)) ?? 0) + Number(value) * (turns.get(String(id)) ?? Number.NaN),
      )
    }
    const rows = await rowsOf(
      home,
      `SELECT ai_version, count(*)::INT, count(*) FILTER (claimed_resolution = 'confirmed')::INT,
         count(*) FILTER (claimed_resolution = 'unresolved')::INT, count(*) FILTER (claimed_resolution IS NULL)::INT,
         round(avg(epoch_ms(ended_at) - epoch_ms(started_at)) / 1000, 3), min(started_at)::DATE::VARCHAR,
         max(started_at)::DATE::VARCHAR, count(DISTINCT customer_id)::INT, sum(score)::INT
       FROM interactions JOIN csat_responses USING (source, interaction_id) GROUP BY 1`,
    )
    expectRows(
      rows.map(([version, ...rest]) => {
        const reference = readOracleTable('dstc2_open.csv').find((row) => row.condition === version)
        return [version, ...rest, Number((confidence.get(String(version)) ?? 0) / Number(reference?.n_user_turns))]
      }),
      readOracleTable('dstc2_open.csv').map((row) => [
        row.condition,
        ...['n_calls', 'n_success', 'n_fail', 'n_success_null', 'mean_last_system_end_s'].map((name) =>
          Number(row[name]),
        ),
        row.date_min,
        row.date_max,
        Number(row.n_callers),
        agreeing(String(row.condition)),
        Number(row.mean_top_slu_score),
      ]),
    )
  })

  it('stc3_helpdesk_quality: nineteen ratings per dialogue', async () => {
    const home = await loadReal('stc3-helpdesk', realFiles('stc3_helpdesk_quality', /\.json\.gz$/))
    const rows = await rowsOf(
      home,
      `WITH reviewed AS (SELECT interaction_id, avg(resolution / 25 - 2) AS a, avg(score / 25 - 2) AS e, count(*) AS n
           FROM qa_reviews GROUP BY 1),
         surveyed AS (SELECT interaction_id, avg(score - 3) AS s, sum(score - 3) AS total FROM csat_responses GROUP BY 1)
       SELECT regexp_extract(interaction_type, '\\d+')::INT, count(*)::INT, avg(a), avg(s), avg(e),
         count(*) FILTER (total < 0)::INT
       FROM interactions JOIN reviewed USING (interaction_id) JOIN surveyed USING (interaction_id)
       WHERE n = 19 GROUP BY 1`,
    )
    expectRows(
      rows,
      readOracleTable('stc3_open_by_turns.csv').map((row) =>
        ['n_turns', 'n_dialogues', 'mean_A', 'mean_S', 'mean_E', 'n_mean_S_below_0'].map((name) => Number(row[name])),
      ),
    )
  })

  it('helpdesk_event_logs: events and cases per activity, and the cases that were escalated', async () => {
    const log = realFiles('helpdesk_event_logs', /\.csv\.gz$/)
    const reference = readOracleTable('helpdesk_activities.csv')
    const events = await loadReal('helpdesk-events', log)
    expectRows(
      await rowsOf(
        events,
        `SELECT interaction_type, count(*)::INT, count(DISTINCT customer_id)::INT FROM interactions GROUP BY 1`,
      ),
      reference.map(({ activity, n_events, n_cases }) => [activity, Number(n_events), Number(n_cases)]),
    )
    const cases = temporaryFolder()
    const report = await loadFiles(cases, 'helpdesk-cases', log, { sources, now })
    const upgrade = reference.find(({ activity }) => activity === 'Require upgrade')
    expect(report.entities.interactions).toMatchObject({ read: 4580, loaded: 4580 })
    expect(report.entities.escalations).toMatchObject({ read: Number(upgrade?.n_events), quarantined: 0 })
    expect(await rowsOf(cases, 'SELECT count(*)::INT FROM contacts WHERE is_escalated')).toEqual([
      [Number(upgrade?.n_cases)],
    ])
  })

  it('tau2_llm_judges: verdicts against the truth, from summaries and raw answers alike', async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'tau2-judges', realFiles('tau2_llm_judges', /\.json\.gz$/), { sources, now })
    expect(report.entities.interactions).toMatchObject({ loaded: 164, quarantined: 0 })
    expect(report.entities.qa_reviews).toMatchObject({ loaded: 164 * 5, quarantined: 0 })
    const rows = await rowsOf(
      home,
      `SELECT interaction_type, j.reviewer_id, count(*)::INT, count(*) FILTER (j.outcome = 'pass')::INT,
         count(*) FILTER (j.outcome = 'fail')::INT, count(*) FILTER (j.outcome IS NULL)::INT,
         count(*) FILTER (j.outcome = p.outcome)::INT, count(*) FILTER (j.outcome <> p.outcome)::INT,
         count(*) FILTER (j.outcome = 'pass' AND p.outcome = 'fail')::INT,
         count(*) FILTER (j.outcome = 'fail' AND p.outcome = 'pass')::INT
       FROM interactions JOIN qa_reviews j USING (interaction_id) JOIN qa_reviews p USING (interaction_id)
       WHERE j.reviewer_kind = 'judge' AND p.reviewer_kind = 'program' GROUP BY 1, 2`,
    )
    expectRows(
      rows,
      readOracleTable('judges_open.csv').map((row) => [
        row.domain,
        row.judge_prompt,
        ...[
          'n',
          'n_pass_norm',
          'n_fail_norm',
          'n_undecided',
          'norm_agree',
          'norm_disagree',
          'false_pass',
          'false_fail',
        ].map((name) => Number(row[name])),
      ]),
    )
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM contacts WHERE is_repeat_demand')).toEqual([[0]])
  })

  it.each([
    ['tau1', 'tau1_trajectories', /^airline,gpt-4o,/, 200],
    ['tau2-bench', 'tau2_simulations_es', /^(ecommerce_calle|enosa_masias|hotel_calle),/, 35],
  ])('%s: %s by domain and model, with every kind of escalation', async (source, dataset, lines, count) => {
    const home = await loadReal(source, realFiles(dataset, /\.json\.gz$/))
    const rows = await rowsOf(
      home,
      `SELECT split_part(c.interaction_type, ':', 1), c.ai_version, count(*)::INT,
         count(*) FILTER (label_review_id IS NOT NULL)::INT, count(*) FILTER (is_error)::INT,
         count(*) FILTER (is_escalated)::INT, count(*) FILTER (is_escalation_expected)::INT,
         count(*) FILTER (NOT is_escalation_expected AND c.interaction_type LIKE '%:information_or_refusal')::INT,
         count(*) FILTER (NOT is_escalation_expected AND c.interaction_type NOT LIKE '%:information_or_refusal')::INT,
         count(*) FILTER (is_escalated AND is_escalation_expected IS NULL)::INT,
         count(*) FILTER (is_escalated AND is_error)::INT
       FROM contacts c GROUP BY 1, 2`,
    )
    const reference = readOracleTable('tau_open_by_domain_model.csv').filter((row) =>
      lines.test(`${row.domain},${row.model},`),
    )
    expect(rows.reduce((sum, row) => sum + Number(row[2]), 0)).toBe(count)
    expectRows(
      rows,
      reference.map((row) => [
        row.domain,
        row.model,
        ...[
          'n',
          'n_graded',
          'n_failed',
          'n_escalated',
          'n_esc_expected',
          'n_esc_tolerated',
          'n_esc_unexpected',
          'n_esc_unknown',
          'n_escalated_and_failed',
        ].map((name) => Number(row[name])),
      ]),
    )
  })
})

/** Callers of one condition who agreed that they were understood, from the reference's counts by label. */
function agreeing(condition: string): number {
  const lines = readFileSync(join(process.cwd(), '..', 'shared', 'oracle', 'dstc2_open.csv'), 'utf8').split('\n')
  const line = lines.find((each) => each.startsWith(`${condition},`)) ?? ''
  return [...line.matchAll(/-> (?:strongly |slightly )?agree"": (\d+)/g)].reduce((sum, [, n]) => sum + Number(n), 0)
}
