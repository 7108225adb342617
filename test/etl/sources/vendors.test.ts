import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { hasRealFiles, realFiles, skipNote } from './real-files.ts'

const lenient = { maximumRejectShare: 1 }
const lines = (...documents: object[]) => documents.map((document) => `${JSON.stringify(document)}\n`).join('')
const page = (name: string, ...documents: object[]) => JSON.stringify({ [name]: documents, end_of_stream: true })

async function loaded(source: string, files: Record<string, string>): Promise<string> {
  const home = temporaryFolder()
  await loadFiles(home, source, temporaryFiles(files), lenient)
  return home
}

describe('source intercom', () => {
  const conversation = (id: string, rest: object = {}) => ({
    type: 'conversation',
    id,
    created_at: 1767603600,
    updated_at: 1767607200,
    source: { type: 'conversation', delivered_as: 'customer_initiated' },
    contacts: { contacts: [{ id: `contact-${id}` }] },
    topics: { topics: [{ name: 'Refunds' }] },
    ai_agent_participated: true,
    ...rest,
  })
  const ended = (id: string, state: string | null, rest: object = {}) =>
    conversation(id, { ai_agent: { resolution_state: state, source_type: 'workflow', ...rest } })

  it('reads both sets of resolution states, keeps none apart from unresolved, and refuses an unknown one', async () => {
    const home = await loaded('intercom', {
      'search.json': page(
        'conversations',
        ended('old-1', 'routed_to_team'),
        ended('old-2', 'abandoned'),
        ended('both', 'confirmed_resolution'),
        ended('new-1', 'escalated'),
        ended('new-2', 'procedure_handoff'),
        ended('new-3', 'negative_feedback'),
        ended('none', null),
        ended('future', 'teleported'),
      ),
    })
    expect(
      await rowsOf(home, 'SELECT interaction_id, claimed_resolution, handled_by FROM interactions ORDER BY 1'),
    ).toEqual([
      ['both', 'confirmed', 'ai'],
      ['new-1', 'unresolved', 'ai'],
      ['new-2', 'unresolved', 'ai'],
      ['new-3', 'unresolved', 'ai'],
      ['none', null, 'ai'],
      ['old-1', 'unresolved', 'ai'],
      ['old-2', 'abandoned', 'ai'],
    ])
    expect(await rowsOf(home, 'SELECT rule, field FROM quarantine')).toEqual([['unknown_value', 'claimed_resolution']])
    expect(await rowsOf(home, 'SELECT interaction_id, expected FROM escalations ORDER BY 1')).toEqual([
      ['new-1', null],
      ['new-2', true],
      ['old-1', null],
    ])
  })

  it('marks previews as tests, keeps both ratings apart, and takes monitors and scorecards as targeted', async () => {
    const home = await loaded('intercom', {
      'one.json': JSON.stringify(
        conversation('a', {
          ai_agent: { source_type: 'fin_preview', rating: 2, created_at: 1767603700, updated_at: 1767603800 },
          conversation_rating: { rating: null, created_at: 1767603900, updated_at: 1767603900 },
          monitor_evaluations: [{ monitor_id: 'm', result: 'flagged', evaluated_at: 1767690000 }],
          scorecards: [
            {
              scorecard_version_id: 'v2',
              passed: true,
              score: 80,
              evaluated_at: 1767690000,
              evaluators: [{ result: { source: 'ai' } }, { result: { source: 'human' } }],
            },
            { scorecard_version_id: 'v3', passed: false, evaluated_at: 1767690000, evaluators: [] },
          ],
        }),
      ),
    })
    expect(await rowsOf(home, 'SELECT is_test, interaction_type, started_at FROM interactions')).toEqual([
      [true, 'Refunds', '2026-01-05 09:00:00+00'],
    ])
    expect(await rowsOf(home, 'SELECT interaction_id FROM contacts')).toEqual([])
    expect(await rowsOf(home, 'SELECT response_id, score, responded_at FROM csat_responses ORDER BY 1')).toEqual([
      ['a:ai', 2, '2026-01-05 09:03:20+00'],
      ['a:conversation', null, null],
    ])
    expect(
      await rowsOf(home, 'SELECT reviewer_id, reviewer_kind, sampling, outcome, score FROM qa_reviews ORDER BY 1'),
    ).toEqual([
      ['monitor:m', 'judge', 'targeted', 'fail', null],
      ['scorecard:v2', 'human', 'targeted', 'pass', 80],
      ['scorecard:v3', 'judge', 'targeted', 'fail', null],
    ])
  })

  it('takes a person who writes after the AI as the hand-over, at that time', async () => {
    const part = (at: number, author: object) => ({ part_type: 'comment', created_at: at, author })
    const home = await loaded('intercom', {
      'all.jsonl': lines(
        conversation('a', {
          conversation_parts: {
            conversation_parts: [
              part(1767603610, { type: 'bot', from_ai_agent: true }),
              part(1767603660, { type: 'admin', from_ai_agent: false }),
            ],
          },
        }),
        conversation('b', { ai_agent_participated: false }),
      ),
    })
    expect(await rowsOf(home, 'SELECT interaction_id, escalated_at FROM escalations')).toEqual([
      ['a', '2026-01-05 09:01:00+00'],
    ])
    expect(await rowsOf(home, "SELECT handled_by FROM interactions WHERE interaction_id = 'b'")).toEqual([['human']])
  })

  it('takes the answer that a page of a later day brings, of ratings and of scorecards', async () => {
    const pulled = (at: number, rating: number | null, passed: boolean) =>
      page(
        'conversations',
        conversation('a', {
          updated_at: at,
          conversation_rating: { rating, created_at: 1767603900, updated_at: at },
          scorecards: [{ scorecard_version_id: 'v', passed, evaluated_at: 1767604000, evaluators: [] }],
        }),
      )
    const home = await loaded('intercom', {
      'day-2.json': pulled(1767780000, 4, false),
      'day-1.json': pulled(1767690000, null, true),
    })
    expect(await rowsOf(home, 'SELECT score FROM csat_responses')).toEqual([[4]])
    expect(await rowsOf(home, 'SELECT outcome FROM qa_reviews')).toEqual([['fail']])
    expect(await rowsOf(home, 'SELECT rule FROM quarantine')).toEqual([])
  })

  it("does not take a teammate's scorecard for one of the AI in the same conversation", async () => {
    const card = (version: string, type: string) => ({
      scorecard_version_id: version,
      passed: false,
      evaluated_at: 1767690000,
      reviewed_teammate: { type },
    })
    const scorecards = [card('on-ai', 'ai'), card('on-person', 'admin')]
    const home = await loaded('intercom', {
      'all.jsonl': lines(
        conversation('a', { scorecards }),
        conversation('b', { ai_agent_participated: false, scorecards: scorecards.slice(1) }),
      ),
    })
    expect(await rowsOf(home, 'SELECT review_id FROM qa_reviews ORDER BY 1')).toEqual([
      ['a:scorecard:on-ai'],
      ['b:scorecard:on-person'],
    ])
  })

  it.skipIf(!hasRealFiles)(`takes the connector's tables, the active version of each${skipNote}`, async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'intercom', realFiles('intercom_seeds', /\.csv$/), { now: new Date() })
    expect(report.entities.interactions).toMatchObject({ read: 2, loaded: 2, quarantined: 0 })
  })

  it.skipIf(!hasRealFiles)(`takes the example answers of the API${skipNote}`, async () => {
    const [file = ''] = realFiles('intercom_api_examples', /^responses.*\.json$/)
    const answers: Record<string, { type?: string; id?: string }> = JSON.parse(readFileSync(file, 'utf8'))
    const bodies = Object.values(answers).filter(({ type }) => type === 'conversation' || type === 'conversation.list')
    const home = temporaryFolder()
    const files = Object.fromEntries(bodies.map((body, index) => [`answer-${index}.json`, JSON.stringify(body)]))
    const report = await loadFiles(home, 'intercom', temporaryFiles(files), { now: new Date() })
    expect(bodies.length).toBeGreaterThan(5)
    expect(report.entities.interactions?.read).toBeGreaterThan(5)
    expect(report.entities.interactions).toMatchObject({ quarantined: 0 })
  })
})

describe('source zendesk', () => {
  const ticket = (id: number, rest: object = {}) => ({
    id,
    requester_id: 7,
    status: 'solved',
    created_at: '2026-01-05T09:00:00Z',
    updated_at: '2026-01-06T09:00:00Z',
    generated_timestamp: 1767690000,
    via: { channel: 'email' },
    tags: ['intent__refund', 'sentiment__very_negative', 'intent_confidence__high'],
    ...rest,
  })

  it('reads the three vocabularies of the AI agents and refuses a word of none', async () => {
    const statuses = [
      'Bot handled',
      'Agent escalation',
      'No status',
      'Answered',
      'not_understood',
      'Verified resolution',
      'Contained resolution',
      'Assisted escalation',
      'Unassisted',
      'Enlightened',
    ]
    const home = await loaded('zendesk', {
      'tickets-1.json': page('tickets', ...statuses.map((_, index) => ticket(index)), ticket(99)),
      'ai_conversations.jsonl': lines(
        ...statuses.map((status, index) => ({
          conversation_id: `c${index}`,
          ticket_id: String(index),
          conversation_status: status,
          started_at: '2026-01-05T08:59:00Z',
          ended_at: '2026-01-05T09:05:00Z',
        })),
      ),
    })
    expect(
      await rowsOf(home, 'SELECT claimed_resolution, handled_by FROM interactions ORDER BY interaction_id::INT'),
    ).toEqual([
      ['contained', 'ai'],
      ['unresolved', 'ai'],
      [null, 'ai'],
      ['contained', 'ai'],
      ['unresolved', 'ai'],
      ['confirmed', 'ai'],
      ['contained', 'ai'],
      ['unresolved', 'ai'],
      [null, 'ai'],
      [null, 'human'],
    ])
    expect(await rowsOf(home, 'SELECT rule, field FROM quarantine')).toEqual([['unknown_value', 'claimed_resolution']])
    expect(await rowsOf(home, 'SELECT interaction_id FROM escalations ORDER BY 1')).toEqual([['1'], ['7']])
  })

  it('counts a ticket that a conversation without a status names as handled by the AI, and the last conversation', async () => {
    const talk = (id: string, day: number, rest: object) => ({
      conversation_id: id,
      started_at: `2026-01-0${day}T08:00:00Z`,
      ...rest,
    })
    const home = await loaded('zendesk', {
      'tickets.json': page('tickets', ticket(1), ticket(2, { via: { channel: 'phone_call_outbound' } }), ticket(3)),
      'ai_conversations.jsonl': lines(
        talk('a', 5, { ticket_id: 1 }),
        talk('b', 7, { ticket_id: 2, status: 'Verified resolution' }),
        talk('c', 6, { ticket_id: 2, status: 'Assisted escalation' }),
        talk('d', 5, { ticket_id: 2, status: 'Assisted escalation' }),
      ),
    })
    expect(
      await rowsOf(
        home,
        'SELECT interaction_id, handled_by, claimed_resolution, direction FROM interactions ORDER BY 1',
      ),
    ).toEqual([
      ['1', 'ai', null, 'inbound'],
      ['2', 'ai', 'confirmed', 'outbound'],
      ['3', 'human', null, 'inbound'],
    ])
    expect(await rowsOf(home, 'SELECT escalation_id, interaction_id FROM escalations ORDER BY 1')).toEqual([
      ['conversation:c:esc', '2'],
      ['conversation:d:esc', '2'],
    ])
  })

  it('lets the stamp of the export decide which version of a ticket is newer, and reads tags and metrics', async () => {
    const home = await loaded('zendesk', {
      'tickets-1.jsonl': lines(
        ticket(1, { generated_timestamp: 1767690100, metric_set: { solved_at: '2026-01-06T08:00:00Z', reopens: 1 } }),
      ),
      'tickets-2.jsonl': lines(ticket(1, { tags: [] })),
    })
    expect(
      await rowsOf(
        home,
        `SELECT interaction_type, sentiment, ai_confidence_band, channel, ended_at, reopened, customer_id FROM interactions`,
      ),
    ).toEqual([
      ['refund', -1, 'high', 'email', '2026-01-06 08:00:00+00', true, expect.stringMatching(/^[0-9a-f]{64}$/)],
    ])
  })

  it('reads both satisfaction systems, an object or its score, and counts offers without an answer', async () => {
    const home = await loaded('zendesk', {
      'tickets.json': page(
        'tickets',
        ticket(1, { satisfaction_rating: { score: 'good', created_at: '2026-01-06T08:00:00Z' } }),
        ticket(2, { satisfaction_rating: 'bad' }),
        ticket(3, { satisfaction_rating: { score: 'offered' } }),
        ticket(4, { satisfaction_rating: { score: 'unoffered' } }),
        ticket(5),
      ),
      'survey_responses.jsonl': lines({
        id: 's1',
        ticket_id: 5,
        created_at: '2026-01-06T08:00:00Z',
        updated_at: '2026-01-06T09:00:00Z',
        answers: [{ type: 'closed_ended' }, { type: 'rating', rating: 4 }],
      }),
    })
    expect(
      await rowsOf(home, 'SELECT response_id, scale, score, responded_at IS NULL FROM csat_responses ORDER BY 1'),
    ).toEqual([
      ['1:legacy', 'binary', 1, false],
      ['2:legacy', 'binary', 0, false],
      ['3:legacy', 'binary', null, true],
      ['s1', 'five_point', 4, false],
    ])
  })

  it('finds the hand-over of a tagged ticket in its audits', async () => {
    const change = (ticketId: number, at: string, previous: string | null) => ({
      ticket_id: ticketId,
      created_at: at,
      events: [{ type: 'Change', field_name: 'group_id', previous_value: previous, value: '9' }],
    })
    const assigned = { type: 'Change', field_name: 'assignee_id', previous_value: '70', value: '71' }
    const home = await loaded('zendesk', {
      'tickets.json': page('tickets', ticket(1, { tags: ['ai_agent'] }), ticket(2), ticket(3, { tags: ['ai_agent'] })),
      'audits.json': page(
        'audits',
        change(1, '2026-01-05T10:00:00Z', null),
        change(1, '2026-01-05T11:00:00Z', '8'),
        change(1, '2026-01-05T12:00:00Z', '9'),
        change(2, '2026-01-05T11:00:00Z', '8'),
        { ...change(3, '2026-01-05T13:00:00Z', null), events: [assigned] },
      ),
      // It names no ticket and not even itself; the hand-overs of the others are still found.
      'ai_conversations.jsonl': lines({ status: 'Answered', started_at: '2026-01-05T09:00:00Z' }),
    })
    expect(await rowsOf(home, 'SELECT interaction_id, escalated_at FROM escalations ORDER BY 1')).toEqual([
      ['1', '2026-01-05 11:00:00+00'],
      ['3', '2026-01-05 13:00:00+00'],
    ])
  })

  it.skipIf(!hasRealFiles)(`takes the connector's tables${skipNote}`, async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'zendesk', realFiles('zendesk_seeds', /\.csv$/), { now: new Date() })
    expect(report.entities.interactions).toMatchObject({ read: 10, loaded: 10, quarantined: 0 })
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM interactions WHERE is_deleted')).toEqual([[2]])
  })
})

describe('a page of something else', () => {
  it('ends the load instead of giving no rows', async () => {
    const files = temporaryFiles({ 'brands.json': page('brands', { id: 1 }) })
    await expect(loadFiles(temporaryFolder(), 'zendesk', files)).rejects.toThrow(
      'brands.json: there is none of the arrays tickets, metric_sets',
    )
  })
})

describe('source zendesk-qa', () => {
  it("joins people's reviews and AutoQA, as a judge, to the tickets, without anybody's address", async () => {
    const home = await loaded('zendesk', {
      'tickets.json': page('tickets', {
        id: 1,
        requester_id: 7,
        created_at: '2026-01-05T09:00:00Z',
        via: { channel: 'email' },
      }),
    })
    const rating = { ratingMax: 4, weight: 1, evaluated: true }
    const files = temporaryFiles({
      'export.json': page('conversations', {
        externalId: '1',
        reviews: [
          {
            id: 'r1',
            reviewer: { email: 'Ann@Example.com', name: 'Ann' },
            score: 55,
            createdISO: '2026-01-06T09:00:00Z',
            updatedISO: '2026-01-06T10:00:00Z',
            ratings: [
              { categoryName: 'Solution', score: 100, critical: true },
              { categoryName: 'Process', score: 0, critical: true, cause: 'Ignored refund policy' },
            ],
          },
          {
            id: 'r2',
            reviewer: { email: 'ann@example.com' },
            score: 90,
            createdISO: '2026-01-06T09:00:00Z',
            ratings: [],
          },
        ],
      }),
      'autoqa-reviews.json': page('rows', {
        autoqaReviewId: 'q1',
        externalTicketId: '1',
        createdAt: '2026-01-06T09:00:00Z',
        updatedAt: '2026-01-06T09:00:00Z',
      }),
      'autoqa-ratings.json': page(
        'rows',
        { ...rating, autoqaReviewId: 'q1', score: 4 },
        { ...rating, autoqaReviewId: 'q1', score: 2 },
        { ...rating, autoqaReviewId: 'q1', score: 0, evaluated: false, isCritical: true },
      ),
      'csat.json': page('tickets', {
        externalTicketId: '1',
        csatRawScore: 5,
        csatCreatedAt: '2026-01-06T09:00:00Z',
        csatAnsweredAt: '2026-01-06T11:00:00Z',
      }),
    })
    const report = await loadFiles(home, 'zendesk-qa', files)
    expect(report.entities.qa_reviews).toMatchObject({ read: 3, loaded: 3 })
    expect(
      await rowsOf(
        home,
        `SELECT review_id, reviewer_kind, sampling, score, outcome, defect, severity, root_cause FROM qa_reviews ORDER BY 1`,
      ),
    ).toEqual([
      ['autoqa:q1', 'judge', 'random', 75, null, null, null, null],
      ['qa:r1', 'human', 'targeted', 55, 'fail', 'policy_misapplication', 'critical', 'Ignored refund policy'],
      ['qa:r2', 'human', 'targeted', 90, null, null, null, null],
    ])
    const reviewers = await rowsOf(home, "SELECT DISTINCT reviewer_id FROM qa_reviews WHERE reviewer_kind = 'human'")
    expect(reviewers).toEqual([[expect.stringMatching(/^reviewer:[0-9a-f]{16}$/)]])
    expect(await rowsOf(home, 'SELECT score, responded_at FROM csat_responses')).toEqual([
      [5, '2026-01-06 11:00:00+00'],
    ])
  })
})

describe('AutoQA of source zendesk-qa', () => {
  it('leaves out what graded nothing, and grades of people on a ticket where it graded the AI', async () => {
    const review = (id: string, ticketId: string, isBot: boolean) => ({
      autoqaReviewId: id,
      externalTicketId: ticketId,
      isBot,
      createdAt: '2026-01-06T09:00:00Z',
    })
    const rating = (id: string, rest: object = {}) => ({
      autoqaReviewId: id,
      score: 4,
      ratingMax: 4,
      evaluated: true,
      ...rest,
    })
    const home = temporaryFolder()
    const ticket = { requester_id: 7, created_at: '2026-01-05T09:00:00Z', via: { channel: 'email' } }
    const tickets = page('tickets', { ...ticket, id: 1 }, { ...ticket, id: 2 })
    await loadFiles(home, 'zendesk', temporaryFiles({ 'tickets.json': tickets }))
    const files = temporaryFiles({
      'autoqa-reviews.json': page(
        'rows',
        review('of-ai', '1', true),
        review('of-person-beside', '1', false),
        review('of-person-alone', '2', false),
        review('unevaluated', '2', false),
        review('unrated', '2', false),
      ),
      'autoqa-ratings.json': page(
        'rows',
        ...['of-ai', 'of-person-beside', 'of-person-alone'].map((id) => rating(id)),
        rating('unevaluated', { evaluated: false }),
      ),
    })
    const report = await loadFiles(home, 'zendesk-qa', files)
    expect(report.entities.qa_reviews).toMatchObject({ read: 2, loaded: 2 })
    expect(await rowsOf(home, 'SELECT review_id, score FROM qa_reviews ORDER BY 1')).toEqual([
      ['autoqa:of-ai', 100],
      ['autoqa:of-person-alone', 100],
    ])
  })
})

describe('source ada', () => {
  it("takes the judge's word a day later, at an unchanged date_updated, and the seconds of people", async () => {
    const conversation = (stamp: string, rest: object) => ({
      _id: 'a',
      date_created: '2026-01-05T09:00:00',
      date_updated: '2026-01-05T09:10:00',
      record_last_updated: stamp,
      platform: 'web',
      ...rest,
    })
    const home = await loaded('ada', {
      'later.json': page(
        'data',
        conversation('2026-01-06T09:10:00', {
          automated_resolution_classification: 'Resolved',
          agent_handle_time: 42.5,
        }),
      ),
      'earlier.json': page('data', conversation('2026-01-05T09:10:00', {})),
    })
    expect(await rowsOf(home, 'SELECT claimed_resolution, ended_at, human_seconds FROM interactions')).toEqual([
      ['assumed', '2026-01-05 09:10:00+00', 42.5],
    ])
    expect(await rowsOf(home, 'SELECT rule FROM quarantine')).toEqual([])
  })

  it('takes a survey that was answered after the first export', async () => {
    const conversation = (hour: number, score: number | null) => ({
      _id: 'a',
      end_user_id: 'u',
      date_created: '2026-01-05T09:00:00',
      date_updated: `2026-01-05T${hour}:00:00`,
      platform: 'web',
      is_engaged: true,
      is_escalated: true,
      csat: { score },
    })
    const home = await loaded('ada', {
      'later.json': page('data', conversation(12, 5)),
      'earlier.json': page('data', conversation(10, null)),
    })
    expect(await rowsOf(home, 'SELECT score FROM csat_responses')).toEqual([[5]])
    expect(await rowsOf(home, 'SELECT count(*)::INT FROM escalations')).toEqual([[1]])
    expect(await rowsOf(home, 'SELECT rule FROM quarantine')).toEqual([])
  })

  it('keeps unscored apart from unresolved, unengaged apart from demand, and tests out of the count', async () => {
    const conversation = (id: string, rest: object) => ({
      _id: id,
      end_user_id: 'u',
      date_created: '2026-01-05T09:00:00.123',
      date_updated: '2026-01-05T09:10:00+02:00',
      platform: 'web',
      classifications: [{ topic_name: 'Orders', intents: [] }],
      is_engaged: true,
      is_test_user: false,
      is_escalated: false,
      ...rest,
      ...('late' in rest ? {} : { date_updated: '2026-01-05T09:10:00' }),
    })
    const home = await loaded('ada', {
      'page.json': page(
        'data',
        conversation('a', { automated_resolution_classification: 'Resolved', csat: { score: 4 } }),
        conversation('b', { automated_resolution_classification: 'Not Resolved', is_escalated: true }),
        conversation('c', { automated_resolution_classification: null, is_engaged: false }),
        conversation('d', { is_test_user: true }),
      ),
    })
    expect(
      await rowsOf(
        home,
        'SELECT interaction_id, claimed_resolution, exclusion, is_test, started_at FROM interactions ORDER BY 1',
      ),
    ).toEqual([
      ['a', 'assumed', null, false, '2026-01-05 09:00:00.123+00'],
      ['b', 'unresolved', null, false, '2026-01-05 09:00:00.123+00'],
      ['c', null, 'abandoned', false, '2026-01-05 09:00:00.123+00'],
      ['d', null, null, true, '2026-01-05 09:00:00.123+00'],
    ])
    expect(await rowsOf(home, 'SELECT interaction_id FROM escalations')).toEqual([['b']])
    expect(await rowsOf(home, 'SELECT interaction_id, score FROM csat_responses')).toEqual([['a', 4]])
  })
})

describe('source csv-survey', () => {
  it('reads the example of its README: commas, zones, windows-1252, and 0 for no answer', async () => {
    const readme = readFileSync(join(process.cwd(), 'etl', 'sources', 'csv-survey', 'README.md'), 'utf8')
    const example = /```\n(Ticket;[\s\S]*?)```/.exec(readme)?.[1] ?? ''
    const home = temporaryFolder()
    const content = Buffer.from(example.replace('Refund request;E-Mail', 'Rückgabe;E-Mail'), 'latin1')
    const report = await loadFiles(home, 'csv-survey', temporaryFiles({ 'dump.csv': content }))
    expect(report.entities.interactions).toMatchObject({ read: 2, loaded: 2 })
    expect(
      await rowsOf(
        home,
        'SELECT interaction_id, interaction_type, channel, handled_by, started_at, human_seconds FROM interactions ORDER BY 1',
      ),
    ).toEqual([
      ['4711', 'rückgabe', 'email', 'ai', '2026-04-03 12:05:00+00', 74070],
      ['4712', 'refund_request', 'chat', 'human', '2026-04-03 13:10:00+00', 720],
    ])
    expect(await rowsOf(home, 'SELECT score, responded_at FROM csat_responses ORDER BY response_id')).toEqual([
      [4, '2026-04-04 08:30:00+00'],
      [null, null],
    ])
  })
})

describe('every shipped source', () => {
  it.each(['ada', 'csv-survey', 'dstc2', 'intercom', 'zendesk', 'zendesk-qa'])(
    '%s says what to take and its traps',
    (name) => {
      expect(existsSync(join(process.cwd(), 'etl', 'sources', name, 'README.md'))).toBe(true)
    },
  )
})
