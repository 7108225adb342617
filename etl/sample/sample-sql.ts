import { closesAt } from './last-closed-month.ts'
import { instantAt, type PlannedMonth, type SampleSize } from './plan-months.ts'
import {
  aiVersions,
  changes,
  modelChangeAt,
  surveyAnsweredShare,
  surveyOfferedShare,
  unknownCustomerShare,
  vipShare,
} from './stories.ts'

/**
 * The generator in SQL. Every draw is a pure function of the seed, a number of its own (issue, contact, customer) and
 * the name of the draw, so that rows do not depend on threads, order or earlier rows, and millions cost seconds.
 */

/** Name of the source in every row of the demonstration data. */
const sampleSource = 'demonstration'

/** Order in which the files are written. */
export const sampleEntities = ['interactions', 'escalations', 'qa_reviews', 'csat_responses', 'change_events'] as const
export type SampleEntity = (typeof sampleEntities)[number]

/** Macros, the plan as a table, and the views `contact` (all truth of one contact) and `review` (drawn reviews). */
export function prepareSql(planned: readonly PlannedMonth[], size: SampleSize, seed: number): string[] {
  const lastPlan = planned.at(-1)
  const end = lastPlan?.endsAt ?? 0
  const changedAt = instantAt(modelChangeAt, size).getTime() / 1000
  const customerCount = Math.max(100, Math.round(size.interactions * 0.35))
  return [
    // Hashing twice: the outer hash breaks the linear relation between draws that share a number.
    `CREATE MACRO draw(number, name) AS (hash(hash(number, ${Math.trunc(seed)}, name)) >> 11)::DOUBLE / 9007199254740992.0`,
    // 16 hexadecimal digits; the hash of a 64-bit number is a bijection, so identifiers never collide.
    `CREATE MACRO opaque(number, kind) AS printf('%s-%016x', kind, hash(xor(number::UBIGINT, hash(${Math.trunc(seed)}, kind)::UBIGINT)))`,
    `CREATE MACRO instant(seconds) AS make_timestamptz(seconds::BIGINT * 1000000)`,
    `CREATE TABLE plan AS SELECT * FROM (VALUES\n${planned.map(planRow).join(',\n')}\n) AS plan(${planColumns.join(', ')})`,
    // An issue is a customer's concern: one contact, and with the type's repeat rate another, and so on.
    `CREATE VIEW issue AS
      SELECT plan.*,
        first_issue + n AS issue,
        1 + (draw(issue, 'chain') < repeat_rate)::INTEGER
          + (draw(issue, 'chain') < repeat_rate ** 2)::INTEGER
          + (draw(issue, 'chain') < repeat_rate ** 3)::INTEGER AS chain_length,
        -- Weekends are quieter: most contacts that fall on one are drawn again.
        CASE WHEN isodow(make_timestamp((starts_at + floor(draw(issue, 'day') * day_count) * 86400)::BIGINT * 1000000)) >= 6
            AND draw(issue, 'weekend') < 0.55
          THEN floor(draw(issue, 'other day') * day_count) ELSE floor(draw(issue, 'day') * day_count) END AS day,
        -- Busiest from late morning to early afternoon, one in seven at any hour.
        CASE WHEN draw(issue, 'night') < 0.14 THEN draw(issue, 'hour') * 86400
          ELSE (6.5 + 7.5 * (draw(issue, 'hour') + draw(issue, 'hour too'))) * 3600 END AS second_of_day,
        -- Three in ten issues come from the busiest tenth of customers.
        floor(${customerCount} * CASE WHEN draw(issue, 'busy') < 0.3 THEN 0.1 * draw(issue, 'customer')
          ELSE draw(issue, 'customer') END)::BIGINT AS customer
      FROM plan, unnest(range(plan.issue_count)) AS numbered(n)`,
    `CREATE MACRO duration(contact) AS 90 + floor(5400 * draw(contact, 'duration') ** 3)::BIGINT`,
    // From half an hour to just under two days after the end of the contact before.
    `CREATE MACRO gap(contact) AS 1800 + floor(165600 * draw(contact, 'gap') ** 1.6)::BIGINT`,
    // Chance to be wrong at a rank of confidence, the rate on average: a few hard questions (wrong in 10 to 40 of 100) carry
    // four fifths of the errors, and all others the rest.
    `CREATE MACRO hard(rate) AS 0.8 * rate / (0.25 - 0.2 * rate)`,
    `CREATE MACRO doubt(rate, rank) AS CASE WHEN rank < hard(rate) THEN 0.4 - 0.3 * rank / hard(rate)
      ELSE 0.4 * rate * (1 - rank) / (1 - hard(rate)) END`,
    `CREATE VIEW contact AS
      WITH step AS (
        SELECT issue.*, issue * 4 + position AS contact, position,
          duration(issue * 4) + CASE WHEN chain_length > 1 THEN gap(issue * 4) + duration(issue * 4 + 1) ELSE 0 END
            + CASE WHEN chain_length > 2 THEN gap(issue * 4 + 1) + duration(issue * 4 + 2) ELSE 0 END
            + CASE WHEN chain_length > 3 THEN gap(issue * 4 + 2) + duration(issue * 4 + 3) ELSE 0 END AS span,
          CASE WHEN position > 0 THEN duration(issue * 4) + gap(issue * 4) ELSE 0 END
            + CASE WHEN position > 1 THEN duration(issue * 4 + 1) + gap(issue * 4 + 1) ELSE 0 END
            + CASE WHEN position > 2 THEN duration(issue * 4 + 2) + gap(issue * 4 + 2) ELSE 0 END AS since_first
        FROM issue, unnest(range(chain_length)) AS chained(position)
      ), timed AS (
        SELECT *,
          -- An issue near the end begins early enough for its repeats to be seen, so the last month is not flattered.
          least(starts_at + (day * 86400)::BIGINT + second_of_day::BIGINT, ${end} - 1 - span) + since_first AS started,
          duration(contact) AS duration,
          CASE WHEN draw(customer, 'tier') < ${vipShare} THEN 'vip' ELSE 'standard' END AS customer_tier,
          draw(issue, 'known') >= ${unknownCustomerShare} AS is_known,
          draw(contact, 'test') < 0.003 AS is_test,
          CASE WHEN draw(contact, 'handler') < sent_by_ai THEN 'ai'
            WHEN draw(contact, 'handler') < sent_by_ai + assisted THEN 'ai_assisted' ELSE 'human' END AS handled_by,
          draw(contact, 'confidence') AS confidence_rank
        FROM step
      )
      SELECT *, started + duration AS ended, date_trunc('month', instant(started)) AS started_month,
        handled_by <> 'human' AS is_ai,
        handled_by <> 'human' AND draw(contact, 'error') <
          doubt(CASE customer_tier WHEN 'vip' THEN vip_error_rate ELSE error_rate END, confidence_rank) AS is_error,
        handled_by <> 'human' AND draw(contact, 'handover') < expected_escalation + unexpected_escalation AS is_escalated,
        draw(contact, 'handover') < expected_escalation AS is_expected
      FROM timed`,
    // Drawn from what AI took part in, the planned number at random in each type and month.
    `CREATE VIEW review AS
      SELECT *, least(1, reviews / count(*) OVER month_of_type) AS inclusion_probability,
        ended + 3600 * (6 + floor(18 * draw(contact, 'drawn'))::BIGINT) AS sampled,
        draw(contact, 'done') < review_completion AS is_done,
        draw(contact, 'in time') < review_on_time AS is_on_time
      FROM contact
      WHERE is_ai AND NOT is_test AND reviews > 0
      WINDOW month_of_type AS (PARTITION BY interaction_type, started_month)
      QUALIFY row_number() OVER (PARTITION BY interaction_type, started_month ORDER BY draw(contact, 'review'), contact) <= reviews`,
    `CREATE MACRO version_at(seconds) AS
      CASE WHEN seconds < ${changedAt} THEN '${aiVersions.before}' ELSE '${aiVersions.after}' END`,
  ]
}

/** One SELECT per entity, in the columns of the contract, with an order that is total. */
export function selectSql(entity: SampleEntity, size: SampleSize): { select: string; orderBy: string } {
  return selects[entity](size)
}

const selects: Record<SampleEntity, (size: SampleSize) => { select: string; orderBy: string }> = {
  interactions: () => ({
    select: `SELECT '${sampleSource}' AS source, opaque(contact, 'contact') AS interaction_id, 'inbound' AS direction,
        CASE WHEN draw(contact, 'exclusion') < 0.008 THEN 'thanks' WHEN draw(contact, 'exclusion') < 0.013 THEN 'spam' END AS exclusion,
        CASE WHEN is_known THEN opaque(customer, 'customer') END AS customer_id,
        interaction_type,
        CASE WHEN draw(issue, 'channel') < 0.46 THEN 'chat' WHEN draw(issue, 'channel') < 0.74 THEN 'email'
          WHEN draw(issue, 'channel') < 0.9 THEN 'messaging' ELSE 'voice' END AS channel,
        instant(started) AS started_at, instant(ended) AS ended_at, handled_by,
        CASE WHEN is_ai THEN round(1 - doubt(CASE WHEN customer_tier = 'vip' AND stated_error_rate = error_rate THEN vip_error_rate
          ELSE stated_error_rate END, confidence_rank), 4) END AS ai_confidence,
        CASE WHEN is_ai THEN version_at(started) END AS ai_version,
        CASE WHEN handled_by <> 'ai_assisted' THEN NULL WHEN is_error AND draw(contact, 'action') < 0.3 THEN 'rejected'
          WHEN draw(contact, 'action') < 0.27 THEN 'edited' ELSE 'approved' END AS human_action,
        CASE WHEN handled_by <> 'ai_assisted' THEN NULL
          ELSE round(CASE WHEN draw(contact, 'action') < 0.27 THEN 0.05 + 0.5 * draw(contact, 'edit') ELSE 0 END, 3) END AS edit_ratio,
        round(greatest(-1, least(1, 0.25 + 0.9 * (draw(contact, 'sentiment') + draw(contact, 'sentiment too') - 1)
          - CASE WHEN is_error THEN 0.4 ELSE 0 END)), 3) AS sentiment,
        CASE WHEN is_known THEN customer_tier END AS customer_tier,
        CASE WHEN has_money THEN round(5 + 400 * draw(issue, 'money') ** 3, 2) END AS value_at_stake,
        has_money AND draw(issue, 'exception') < 0.03 AS policy_exception,
        CASE interaction_type WHEN 'privacy_request' THEN ['privacy'] WHEN 'safety_report' THEN ['safety'] END AS risk_topics,
        CASE WHEN draw(contact, 'left open') < CASE WHEN is_escalated THEN 0.85 ELSE 0.012 END THEN 'unresolved' WHEN position + 1 < chain_length AND draw(contact, 'claim') < 0.5 THEN 'assumed'
          WHEN draw(contact, 'claim') < 0.55 THEN 'confirmed' WHEN draw(contact, 'claim') < 0.9 THEN 'assumed'
          ELSE 'contained' END AS claimed_resolution,
        draw(contact, 'reopened') < 0.02 AS reopened,
        CASE WHEN has_issue_key THEN opaque(issue, 'issue') END AS issue_key,
        CASE WHEN draw(customer, 'language') < 0.7 THEN 'en' WHEN draw(customer, 'language') < 0.9 THEN 'de' ELSE 'fr' END AS language,
        CASE handled_by WHEN 'human' THEN 240 + floor(900 * draw(contact, 'work') ** 2)
          WHEN 'ai_assisted' THEN 30 + floor(150 * draw(contact, 'work') ** 2) ELSE 0 END AS human_seconds,
        is_test
      FROM contact`,
    orderBy: 'started_at, interaction_id',
  }),
  escalations: () => ({
    select: `SELECT '${sampleSource}' AS source, opaque(contact, 'escalation') AS escalation_id,
        opaque(contact, 'contact') AS interaction_id,
        instant(started + floor(duration * draw(contact, 'handed over'))::BIGINT) AS escalated_at,
        CASE WHEN NOT is_expected THEN
            CASE WHEN draw(contact, 'reason') < 0.5 THEN 'failed_handoff' WHEN draw(contact, 'reason') < 0.8 THEN 'novel' ELSE 'other' END
          WHEN interaction_type = 'safety_report' THEN 'risk_topic'
          WHEN draw(contact, 'reason') < 0.35 THEN 'low_confidence' WHEN draw(contact, 'reason') < 0.6 THEN 'customer_request'
          WHEN draw(contact, 'reason') < 0.8 THEN 'keyword' ELSE 'negative_sentiment' END AS reason,
        is_expected AS expected,
        CASE WHEN draw(contact, 'team') < 0.7 THEN 'first_line' ELSE 'specialists' END AS to_team,
        draw(contact, 'summary') < 0.94 AS has_summary, handled_by = 'ai_assisted' AS has_draft
      FROM contact WHERE is_escalated`,
    orderBy: 'escalated_at, escalation_id',
  }),
  qa_reviews: (size) => ({
    select: `WITH drawn AS (
        -- Four days to do it; a late one still arrives before the month's evidence is taken, a week after its end.
        SELECT *, sampled + 4 * 86400 AS due,
          CASE WHEN NOT is_done THEN NULL
            -- One review is done when the last month closes: it shows that the source was read up to there.
            WHEN sampled = max(CASE WHEN is_done THEN sampled END) OVER () THEN ${closesAt(size.until).getTime() / 1000}
            WHEN is_on_time THEN sampled + floor((4 + 90 * draw(contact, 'when')) * 3600)::BIGINT
            ELSE sampled + 4 * 86400 + floor((1 + 42 * draw(contact, 'when')) * 3600)::BIGINT END AS reviewed
        FROM review
      ), verdict AS (
        -- The first review by a person. What it says is the truth about the contact.
        SELECT contact, 1 AS round, 'human' AS reviewer_kind, 'reviewer-' || lpad((1 + floor(8 * draw(contact, 'reviewer')))::INTEGER::VARCHAR, 2, '0') AS reviewer_id,
          inclusion_probability, sampled, due, reviewed, is_error AS is_fail, critical_share FROM drawn
        UNION ALL
        -- One in twelve is reviewed again by somebody else; people agree on 97 of 100.
        SELECT contact, 2, 'human', 'reviewer-' || lpad((9 + floor(2 * draw(contact, 'second reviewer')))::INTEGER::VARCHAR, 2, '0'),
          inclusion_probability, sampled, due, reviewed + 1800, is_error <> (draw(contact, 'second opinion') < 0.03), critical_share
          FROM drawn WHERE draw(contact, 'second') < 1.0 / 12 AND reviewed < ${closesAt(size.until).getTime() / 1000}
        UNION ALL
        -- The judge model sees four in five of the drawn contacts at once.
        SELECT contact, 3, 'judge', 'judge-model', inclusion_probability, sampled, NULL, sampled + 600,
          is_error <> (draw(contact, 'judge') >= judge_agreement), 0 FROM drawn WHERE draw(contact, 'judged') < 0.8
      )
      SELECT '${sampleSource}' AS source, opaque(contact * 4 + round, 'review') AS review_id,
        opaque(contact, 'contact') AS interaction_id, reviewer_id, reviewer_kind, 'random' AS sampling,
        round(inclusion_probability, 6) AS inclusion_probability,
        instant(sampled) AS sampled_at, instant(due) AS due_at, instant(reviewed) AS reviewed_at,
        CASE WHEN reviewed IS NULL THEN NULL WHEN is_fail THEN floor(40 + 30 * draw(contact, 'accuracy')) ELSE floor(92 + 9 * draw(contact, 'accuracy')) END AS accuracy,
        CASE WHEN reviewed IS NULL THEN NULL ELSE floor(90 + 11 * draw(contact, 'tone')) END AS tone,
        CASE WHEN reviewed IS NULL THEN NULL WHEN is_fail THEN floor(30 + 40 * draw(contact, 'resolved')) ELSE floor(91 + 10 * draw(contact, 'resolved')) END AS resolution,
        CASE WHEN reviewed IS NULL THEN NULL WHEN is_fail THEN 'fail' ELSE 'pass' END AS outcome,
        CASE WHEN reviewed IS NULL THEN NULL
          WHEN is_fail THEN CASE WHEN draw(contact, 'defect') < 0.3 THEN 'hallucination' WHEN draw(contact, 'defect') < 0.7 THEN 'policy_misapplication' ELSE 'incomplete_resolution' END
          WHEN draw(contact, 'minor') < 0.05 THEN 'tone_mismatch' END AS defect,
        CASE WHEN reviewed IS NULL THEN NULL
          WHEN is_fail THEN CASE WHEN draw(contact, 'severity') < critical_share THEN 'critical' ELSE 'major' END
          WHEN draw(contact, 'minor') < 0.05 THEN 'minor' END AS severity
      FROM verdict`,
    orderBy: 'sampled_at, review_id',
  }),
  csat_responses: () => ({
    select: `SELECT '${sampleSource}' AS source, opaque(contact, 'survey') AS response_id,
        opaque(contact, 'contact') AS interaction_id, instant(ended + 3600) AS offered_at,
        CASE WHEN is_answered THEN instant(ended + 3600 + 300 + floor(172800 * draw(contact, 'answered after') ** 2)::BIGINT) END AS responded_at,
        csat_scale AS scale,
        CASE WHEN NOT is_answered THEN NULL
          WHEN csat_scale = 'binary' THEN is_satisfied::INTEGER
          WHEN is_satisfied THEN CASE WHEN draw(contact, 'stars') < 0.6 THEN 5 ELSE 4 END
          ELSE CASE WHEN draw(contact, 'stars') < 0.5 THEN 3 WHEN draw(contact, 'stars') < 0.75 THEN 2 ELSE 1 END END::DOUBLE AS score
      FROM (
        SELECT *, draw(contact, 'answer') < ${surveyAnsweredShare} AS is_answered,
          -- Errors cost satisfaction; the share over all contacts stays the planned one.
          draw(contact, 'satisfied') < satisfied + 0.35 * (mean_error_rate - is_error::INTEGER) AS is_satisfied
        FROM contact WHERE draw(contact, 'offered') < ${surveyOfferedShare}
      )`,
    orderBy: 'offered_at, response_id',
  }),
  change_events: (size) => ({
    select: `SELECT '${sampleSource}' AS source, 'change-' || number AS change_id, instant(seconds) AS changed_at, kind,
        interaction_type, summary
      FROM (VALUES ${changes
        .map(
          ({ at, kind, interactionType, summary }, index) =>
            `(${index + 1}, ${instantAt(at, size).getTime() / 1000}, '${kind}', ${interactionType === null ? 'NULL' : `'${interactionType}'`}, '${summary}')`,
        )
        .join(', ')}) AS change(number, seconds, kind, interaction_type, summary)`,
    orderBy: 'changed_at, change_id',
  }),
}

const planColumns = [
  'interaction_type',
  'starts_at',
  'day_count',
  'issue_count',
  'first_issue',
  'repeat_rate',
  'sent_by_ai',
  'assisted',
  'error_rate',
  'vip_error_rate',
  'mean_error_rate',
  'critical_share',
  'satisfied',
  'csat_scale',
  'expected_escalation',
  'unexpected_escalation',
  'reviews',
  'review_completion',
  'review_on_time',
  'judge_agreement',
  'stated_error_rate',
  'has_issue_key',
  'has_money',
] as const

const moneyTypes = new Set(['refund_request', 'warranty_claim', 'billing_dispute'])

function planRow({ story, startsAt, endsAt, issueCount, firstIssue, at }: PlannedMonth): string {
  const aiShare = at(story.sentByAi) + at(story.assisted)
  const meanErrorRate = aiShare * ((1 - vipShare) * at(story.errorRate) + vipShare * at(story.vipErrorRate))
  const values: Record<(typeof planColumns)[number], string | number | boolean> = {
    interaction_type: story.interactionType,
    starts_at: startsAt,
    day_count: (endsAt - startsAt) / 86400,
    issue_count: issueCount,
    first_issue: firstIssue,
    repeat_rate: at(story.repeatRate),
    sent_by_ai: at(story.sentByAi),
    assisted: at(story.assisted),
    error_rate: at(story.errorRate),
    vip_error_rate: at(story.vipErrorRate),
    mean_error_rate: meanErrorRate,
    critical_share: story.criticalShare,
    satisfied: at(story.satisfied),
    csat_scale: story.csatScale,
    expected_escalation: at(story.expectedEscalation),
    unexpected_escalation: at(story.unexpectedEscalation),
    reviews: story.reviewsPerMonth,
    review_completion: at(story.reviewCompletion),
    review_on_time: at(story.reviewOnTime),
    judge_agreement: story.judgeAgreement,
    stated_error_rate: at(story.statedErrorRate ?? story.errorRate),
    has_issue_key: story.hasIssueKey,
    has_money: moneyTypes.has(story.interactionType),
  }
  return `(${planColumns.map((column) => literal(values[column])).join(', ')})`
}

function literal(value: string | number | boolean): string {
  if (typeof value === 'string') return `'${value}'`
  if (typeof value === 'boolean') return String(value)
  return Number.isInteger(value) ? `${value}::BIGINT` : `${value}::DOUBLE`
}
