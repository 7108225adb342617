import { mkdirSync } from 'node:fs'
import { join } from 'node:path'

/** Which contacts a set of files holds: numbers from `first`, evenly over `seconds` from `startsAt`. */
export interface ContactRange {
  first: number
  count: number
  startsAt: Date
  seconds: number
}

/**
 * SQL that writes one file per entity of the contract into `directory`, in each kind's own folder: of a hundred contacts
 * about 8 escalations, 2 reviews, 50 surveys. The same range gives the same rows.
 */
export function contractFilesSql(
  directory: string,
  range: ContactRange,
  kinds: readonly ('parquet' | 'csv')[],
): string[] {
  const at = (seconds: string) =>
    `(TIMESTAMPTZ '${range.startsAt.toISOString()}' + to_seconds(CAST(${seconds} AS BIGINT)))`
  const statements = [
    'CREATE OR REPLACE MACRO draw(number, salt) AS CAST(hash(number, salt) >> 11 AS DOUBLE) / 9007199254740992',
    `CREATE OR REPLACE VIEW contact AS
      SELECT number, (number - ${range.first}) * ${range.seconds} // ${range.count} AS started,
        60 + CAST(draw(number, 'duration') * 900 AS BIGINT) AS duration, lpad(CAST(number AS VARCHAR), 9, '0') AS id,
        CASE WHEN draw(number, 'handler') < 0.5 THEN 'ai' WHEN draw(number, 'handler') < 0.75 THEN 'ai_assisted'
          ELSE 'human' END AS handled_by
      FROM range(${range.first}, ${range.first + range.count}) AS numbers(number)`,
  ]
  for (const kind of kinds) {
    mkdirSync(join(directory, kind), { recursive: true })
    for (const [entity, select] of Object.entries(selects(at))) {
      const file = join(directory, kind, `${entity}.${kind}`)
      const rows = kind === 'parquet' ? select : inText(select)
      statements.push(`COPY (${rows}) TO '${file}' (FORMAT ${kind}${kind === 'csv' ? ', HEADER' : ''})`)
    }
  }
  return statements
}

/** Instants in the contract's spelling. */
function inText(select: string): string {
  return `SELECT COLUMNS(name -> NOT name LIKE '%\\_at' ESCAPE '\\'),
      strftime(timezone('UTC', COLUMNS('_at$')), '%Y-%m-%dT%H:%M:%SZ')
    FROM (${select})`
}

function selects(at: (seconds: string) => string): Record<string, string> {
  return {
    interactions: `SELECT 'desk' AS source, 'c' || id AS interaction_id, ${at('started + duration')} AS updated_at,
        'inbound' AS direction, CASE WHEN draw(number, 'exclusion') < 0.01 THEN 'spam' END AS exclusion,
        md5(CAST(hash(number // 2, 'customer') % 4000000 AS VARCHAR)) AS customer_id,
        'type_' || hash(number, 'type') % 14 AS interaction_type,
        ['chat', 'email', 'messaging', 'voice'][1 + CAST(hash(number, 'channel') % 4 AS INTEGER)] AS channel,
        ${at('started')} AS started_at, ${at('started + duration')} AS ended_at, handled_by,
        CASE WHEN handled_by <> 'human' THEN round(draw(number, 'confidence'), 4) END AS ai_confidence,
        CASE WHEN handled_by <> 'human' THEN 'v' || started // 8000000 END AS ai_version,
        CASE WHEN handled_by = 'ai_assisted' THEN 'approved' END AS human_action,
        round(draw(number, 'sentiment') * 2 - 1, 3) AS sentiment, 'standard' AS customer_tier,
        round(draw(number, 'value') * 400, 2) AS value_at_stake, 'assumed' AS claimed_resolution, false AS reopened,
        'issue-' || hash(number // 3, 'issue') % 7000000 AS issue_key, 'en' AS language,
        floor(draw(number, 'work') * 900) AS human_seconds, false AS is_test
      FROM contact`,
    escalations: `SELECT 'desk' AS source, 'e' || id AS escalation_id, 'c' || id AS interaction_id,
        ${at('started + 30')} AS escalated_at, 'customer_request' AS reason, true AS expected, 'first_line' AS to_team,
        true AS has_summary, false AS has_draft
      FROM contact WHERE draw(number, 'escalated') < 0.08`,
    qa_reviews: `SELECT 'desk' AS source, 'r' || id AS review_id, 'c' || id AS interaction_id,
        'reviewer-' || number % 8 AS reviewer_id, 'human' AS reviewer_kind, 'random' AS sampling,
        0.03 AS inclusion_probability, ${at('started + 5000')} AS sampled_at, ${at('started + 345600')} AS due_at,
        ${at('started + 90000')} AS reviewed_at, 95 AS accuracy, 96 AS tone, 94 AS resolution,
        CASE WHEN draw(number, 'failed') < 0.03 THEN 'fail' ELSE 'pass' END AS outcome
      FROM contact WHERE handled_by <> 'human' AND draw(number, 'reviewed') < 0.03`,
    csat_responses: `SELECT 'desk' AS source, 's' || id AS response_id, 'c' || id AS interaction_id,
        ${at('started + 7200')} AS offered_at, CASE WHEN is_answered THEN ${at('started + 9000')} END AS responded_at,
        'five_point' AS scale, CASE WHEN is_answered THEN 1 + hash(number, 'stars') % 5 END AS score
      FROM (SELECT *, draw(number, 'answered') < 0.3 AS is_answered FROM contact WHERE draw(number, 'offered') < 0.5)`,
  }
}
