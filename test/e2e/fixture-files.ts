import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Sixty contacts of one type in one month, fifty of them reviewed: enough for a rate, too few for a verdict. */
export const fixtureType = 'parcel_tracking'

/** Writes CSV files in the columns of the contract and returns their paths. */
export function writeFixtureFiles(directory: string): string[] {
  mkdirSync(directory, { recursive: true })
  const hour = (index: number) => new Date(Date.UTC(2025, 4, 1 + (index % 30), 8 + (index % 9))).toISOString()
  const later = (index: number) => new Date(Date.UTC(2025, 4, 3 + (index % 30), 12)).toISOString()
  const contacts = Array.from({ length: 60 }, (_, index) => index)
  const files = {
    interactions: [
      'source,interaction_id,interaction_type,channel,started_at,ended_at,handled_by,ai_version,customer_id',
      ...contacts.map((index) =>
        [
          'fixture',
          `c-${index}`,
          fixtureType,
          'chat',
          hour(index),
          hour(index),
          'ai_assisted',
          'v1',
          `u-${index}`,
        ].join(),
      ),
    ],
    qa_reviews: [
      'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,reviewed_at,outcome,score',
      ...contacts
        .slice(0, 50)
        .map((index) =>
          [
            'fixture',
            `r-${index}`,
            `c-${index}`,
            'reviewer-1',
            'human',
            'random',
            later(index),
            later(index),
            index === 7 ? 'fail' : 'pass',
            index === 7 ? 60 : 95,
          ].join(),
        ),
    ],
  }
  return Object.entries(files).map(([entity, lines]) => {
    const file = join(directory, `${entity}.csv`)
    writeFileSync(file, `${lines.join('\n')}\n`)
    return file
  })
}
