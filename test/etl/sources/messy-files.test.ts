import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { loadFiles, rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { readOracleTable } from '#test/build/oracle.ts'
import { hasRealFiles, realFiles, skipNote } from './real-files.ts'

const sources = import.meta.dirname
const lenient = { sources, maximumRejectShare: 1 }

describe('dates with the day first and a two-digit year', () => {
  const header = '\uFEFFTicket #,Customer Complaint,Date,Date_month_year,Time,Received Via,Status\n'

  it('are read right where they would also read as month first', async () => {
    const home = temporaryFolder()
    const files = temporaryFiles({
      'Comcast.csv': `${header}1,"Slow, again",04-08-15,04-Aug-15,10:22:56 AM,Internet,Closed\n2,x,22-04-15,22-Apr-15,12:05:00 AM,Customer Care Call,Open\n`,
    })
    await loadFiles(home, 'comcast', files, { sources })
    expect(await rowsOf(home, 'SELECT interaction_id, started_at FROM interactions ORDER BY 1')).toEqual([
      ['1', '2015-08-04 14:22:56+00'],
      ['2', '2015-04-22 04:05:00+00'],
    ])
  })

  it.skipIf(!hasRealFiles)(`are read right in all 2,224 complaints of 2015${skipNote}`, async () => {
    const home = temporaryFolder()
    const report = await loadFiles(home, 'comcast', realFiles('comcast_complaints', /\.csv$/), { sources })
    expect(report.entities.interactions).toMatchObject({ read: 2224, loaded: 2224, quarantined: 0 })
    expect(
      await rowsOf(
        home,
        `SELECT count(*)::INT, min(year(started_at))::INT, max(year(started_at - INTERVAL 5 HOUR))::INT,
           count(*) FILTER (timezone('America/New_York', started_at)::DATE =
             timezone('America/New_York', issue_key::TIMESTAMPTZ)::DATE)::INT
         FROM interactions`,
      ),
    ).toEqual([[2224, 2015, 2015, 2224]])
    const rows = await rowsOf(
      home,
      `SELECT CASE channel WHEN 'voice' THEN 'Customer Care Call' ELSE 'Internet' END, interaction_type[11:], count(*)::VARCHAR
       FROM interactions GROUP BY 1, 2 ORDER BY 1, 2`,
    )
    expect(rows).toEqual(
      readOracleTable('comcast_open_by_channel_status.csv').map(({ received_via, status, n }) => [
        received_via,
        status,
        n,
      ]),
    )
  })
})

describe('a file that was cut in the middle of a record', () => {
  const sound = 'Date received,Product,Narrative,Submitted via,Complaint ID\n2020-01-02,Loan,"line 1\nline 2",Web,1\n'

  it('ends the load naming the line on which the record begins, and loads without it', async () => {
    const files = temporaryFiles({ 'complaints.csv': `${sound}2020-01-03,Loan,"line 1\nline` })
    await expect(loadFiles(temporaryFolder(), 'cfpb', files, { sources })).rejects.toMatchObject({
      code: 'bad_input',
      message: expect.stringMatching(/^complaints\.csv, line 4: the record opens a quote that is never closed/),
    })
    const mended = await loadFiles(temporaryFolder(), 'cfpb', temporaryFiles({ 'complaints.csv': sound }), { sources })
    expect(mended.entities.interactions).toMatchObject({ read: 1, loaded: 1 })
  })

  it.skipIf(!hasRealFiles)(
    `is found in the complaints cut at 1 MiB: 2,067 whole records, then line n${skipNote}`,
    async () => {
      const files = realFiles('cfpb_complaints', /\.csv\.gz$/)
      let message = ''
      await loadFiles(temporaryFolder(), 'cfpb', files, { sources }).catch((error: Error) => {
        message = error.message
      })
      const line = Number(/, line (\d+): the record/.exec(message)?.[1])
      expect(line).toBeGreaterThan(2067)
      // Up to that line the file is whole.
      const text = gunzipSync(readFileSync(String(files[0]))).toString()
      const whole = `${text
        .split('\n')
        .slice(0, line - 1)
        .join('\n')}\n`
      const home = temporaryFolder()
      const report = await loadFiles(home, 'cfpb', temporaryFiles({ 'complaints.csv': whole }), { sources })
      expect(report.entities.interactions).toMatchObject({ read: 2067, loaded: 2067, quarantined: 0 })
      const rows = await rowsOf(home, 'SELECT interaction_type, count(*)::INT FROM interactions GROUP BY 1')
      expect(rows.reduce((sum, [, count]) => sum + Number(count), 0)).toBe(2067)
    },
  )
})

describe('a file with the marks of a merge conflict', () => {
  it('ends the load at the first mark, also when the marks have as many commas as the header', async () => {
    const header = 'Date received,Product,Submitted via,Complaint ID\n'
    const record = (id: number) => `2020-01-02,Loan,Web,${id}\n`
    for (const [content, line] of [
      [`${header}${record(1)}<<<<<<< HEAD\n${record(2)}=======\n${record(3)}>>>>>>> other\n`, 3],
      [`<<<<<<< HEAD\n${header}${record(1)}=======\n${header}${record(1)}>>>>>>> other\n`, 1],
    ] as const) {
      const files = temporaryFiles({ 'complaints.csv': content })
      await expect(loadFiles(temporaryFolder(), 'cfpb', files, { sources })).rejects.toMatchObject({
        code: 'bad_input',
        message: expect.stringMatching(new RegExp(`^complaints\\.csv, line ${line}: `)),
      })
    }
  })
})

describe('ids that come twice', () => {
  it('count once when the rows are equal, and not at all when they contradict each other', async () => {
    const home = temporaryFolder()
    const record = (id: number, product = 'Loan') => `2020-01-02,${product},Web,${id}\n`
    const files = temporaryFiles({
      'complaints.csv': `Date received,Product,Submitted via,Complaint ID\n${record(1)}${record(1)}${record(2)}${record(2, 'Card')}`,
    })
    const report = await loadFiles(home, 'cfpb', files, lenient)
    expect(report.entities.interactions).toMatchObject({ read: 4, loaded: 1, superseded: 1, quarantined: 2 })
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions')).toEqual([['1']])
  })
})

describe('reviews without their interaction', () => {
  it('wait in quarantine until it comes', async () => {
    const home = temporaryFolder()
    const review = JSON.stringify({
      conversations: [
        {
          externalId: '9',
          reviews: [{ id: 'r', reviewer: { email: 'a@b.c' }, score: 80, createdISO: '2026-01-06T09:00:00Z' }],
        },
      ],
    })
    const first = await loadFiles(home, 'zendesk-qa', temporaryFiles({ 'export.json': review }), lenient)
    expect(first.entities.qa_reviews).toMatchObject({ read: 1, loaded: 0, quarantinedByRule: { orphan: 1 } })
    const ticket = { id: 9, requester_id: 7, created_at: '2026-01-05T09:00:00Z', via: { channel: 'email' } }
    const files = temporaryFiles({ 'tickets.json': JSON.stringify({ tickets: [ticket] }) })
    const second = await loadFiles(home, 'zendesk', files)
    expect(second.entities.qa_reviews).toMatchObject({ read: 0, retried: 1, recovered: 1 })
    expect(await rowsOf(home, 'SELECT interaction_id, score FROM qa_reviews')).toEqual([['9', 80]])
  })
})

describe('a satisfaction of 0 that means "no answer"', () => {
  it('is offered and unanswered, not the worst grade', async () => {
    const header = 'id,csat_score,call_timestamp,reason,channel,Answered (Y/N),Resolved\n'
    const row = (id: string, score: number) => `${id},${score},10/29/2020 0:00,Billing,Email,Y,Y\n`
    const home = temporaryFolder()
    const files = temporaryFiles({
      'call_center_sentiment.csv': `${header}${row('a', 0)}${row('b', 10)}${row('c', 1)}`,
    })
    await loadFiles(home, 'call-center', files, { sources })
    expect(
      await rowsOf(home, 'SELECT interaction_id, score, responded_at IS NULL FROM csat_responses ORDER BY 1'),
    ).toEqual([
      ['a', null, true],
      ['b', 5, false],
      ['c', 1, false],
    ])
  })

  it.skipIf(!hasRealFiles)(`is so in 3,147 of 5,000 calls${skipNote}`, async () => {
    const home = temporaryFolder()
    const files = realFiles('call_center_dashboards', /sentiment.*\.csv$/)
    const report = await loadFiles(home, 'call-center', files, { sources })
    expect(report.entities.csat_responses).toMatchObject({ read: 5000, loaded: 5000 })
    const channels = `CASE channel WHEN 'voice' THEN 'Call-Center' WHEN 'chat' THEN 'Chatbot' WHEN 'email' THEN 'Email' ELSE 'Web' END`
    const rows = await rowsOf(
      home,
      `SELECT ${channels}, count(*)::VARCHAR, count(*) FILTER (exclusion IS NULL)::VARCHAR,
         count(*) FILTER (claimed_resolution = 'assumed')::VARCHAR, count(score)::VARCHAR,
         printf('%.6f', avg(1 + (score - 1) * 9 / 4))
       FROM interactions JOIN csat_responses USING (source, interaction_id) GROUP BY 1 ORDER BY 1`,
    )
    expect(rows).toEqual(
      readOracleTable('call_center_sentiment_csat_5000_by_channel.csv').map((row) => [
        row.channel,
        row.n,
        row.n_answered,
        row.n_resolved,
        row.n_rated_gt0,
        row.mean_rating_gt0,
      ]),
    )
  })
})
