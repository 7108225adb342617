import { describe, expect, it } from 'vitest'
import { parseMonth } from '#models/reporting-month.ts'
import { listStrata } from '#models/sampling/list-strata.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

const september = parseMonth('2026-09')
const at = new Date('2026-09-10T10:00:00Z')
const later = new Date('2026-09-12T10:00:00Z')

interface Drawn {
  stratum?: string | null
  chance?: number | null
  outcome?: 'pass' | 'fail' | null
  score?: number | null
  handledBy?: 'ai' | 'human'
}

/** One contact per entry, each drawn at random; outcome null: the review is still open. */
function drawn(...reviews: Drawn[]): Facts {
  const id = (index: number) => `c${index}`
  return {
    interactions: reviews.map(({ handledBy = 'ai' }, index) => ({
      interaction_id: id(index),
      started_at: at,
      handled_by: handledBy,
    })),
    qa_reviews: reviews.map(({ stratum = null, chance = null, outcome = 'pass', score = null }, index) => ({
      score,
      review_id: `r${index}`,
      interaction_id: id(index),
      sampled_at: at,
      reviewed_at: outcome === null ? null : later,
      outcome,
      stratum,
      inclusion_probability: chance,
    })),
  }
}

const frame = (stratum: string, population: number) => ({
  frame_id: `2026-09/t/${stratum}`,
  stratum,
  population,
  drawn: 2,
})

async function strataOf(facts: Facts) {
  const { db } = await warehouseOf(facts)
  const rows = await listStrata(db, { from: september, through: september })
  return rows.map(({ stratum, population, drawn: draws, reviewed, errors }) => [
    stratum,
    population,
    draws,
    reviewed,
    errors,
  ])
}

describe('strata of the random reviews', () => {
  it('hold the sums of the scores of completed reviews, exact to the hundredth', async () => {
    const facts = drawn(
      { stratum: 'flagged', score: 87.35 },
      { stratum: 'flagged', score: 4.35 },
      { stratum: 'flagged' },
      { stratum: 'unflagged', score: 100 },
      { stratum: 'unflagged', score: 50, outcome: null },
      { stratum: 'unflagged', score: 50, handledBy: 'human' },
    )
    const { db } = await warehouseOf({ ...facts, sampling_frames: [frame('flagged', 10), frame('unflagged', 90)] })
    const strata = await listStrata(db, { from: september, through: september })
    expect(strata.map(({ scored, scoreSum, scoreSquareSum }) => [scored, scoreSum, scoreSquareSum])).toEqual([
      [2, 91.7, 7648.945],
      [1, 100, 10_000],
    ])
  })

  it('stand for the population of their sampling frame; one without a review stays, so that it is missed', async () => {
    const facts = drawn(
      { stratum: 'flagged', outcome: 'fail' },
      { stratum: 'flagged' },
      { stratum: 'unflagged' },
      { stratum: 'unflagged', outcome: null },
      { stratum: 'unflagged', outcome: 'fail', handledBy: 'human' },
    )
    const frames = [frame('flagged', 1000), frame('unflagged', 9000), frame('voice', 50)]
    expect(await strataOf({ ...facts, sampling_frames: frames })).toEqual([
      ['flagged', 1000, 2, 2, 1],
      ['unflagged', 9000, 2, 1, 0],
      ['voice', 50, 0, 0, 0],
    ])
  })

  it('have no population where the frame does not know them', async () => {
    const facts = drawn({ stratum: 'flagged' }, { stratum: 'typo', outcome: 'fail' }, {})
    expect(await strataOf({ ...facts, sampling_frames: [frame('flagged', 1000)] })).toEqual([
      ['flagged', 1000, 1, 1, 0],
      ['typo', 0, 1, 1, 1],
      ['(none)', 0, 1, 1, 0],
    ])
  })

  it('stand for 1 / inclusion probability of their reviews without a frame', async () => {
    const facts = drawn(
      { stratum: 'flagged', chance: 0.5, outcome: 'fail' },
      { stratum: 'flagged', chance: 0.5 },
      { stratum: 'unflagged', chance: 0.01 },
    )
    expect(await strataOf(facts)).toEqual([
      ['flagged', 4, 2, 2, 1],
      ['unflagged', 100, 1, 1, 0],
    ])
  })

  it('are one, and not listed, with equal chances, with chances of some only, or with none', async () => {
    expect(await strataOf(drawn({ stratum: 'a', chance: 0.1 }, { stratum: 'b', chance: 0.1 }))).toEqual([])
    expect(await strataOf(drawn({ stratum: 'a', chance: 0.1 }, { stratum: 'b' }))).toEqual([])
    expect(await strataOf(drawn({ stratum: 'a' }, { stratum: 'b' }))).toEqual([])
  })

  it('leave a withdrawn frame and other months out', async () => {
    const facts = drawn({ stratum: 'a' }, { stratum: 'b' })
    const gone = { ...frame('a', 10), is_deleted: true }
    const august = { ...frame('a', 10), frame_id: '2026-08/t/a', month: '2026-08' }
    expect(await strataOf({ ...facts, sampling_frames: [gone, august] })).toEqual([])
  })
})
