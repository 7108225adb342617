import { describe, expect, it } from 'vitest'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

type Review = NonNullable<Facts['qa_reviews']>[number]
const at = (hour: number) => new Date(Date.UTC(2026, 8, 5, hour))

async function contactWith(reviews: Review[], escalations: NonNullable<Facts['escalations']> = []) {
  const warehouse = await warehouseOf({
    interactions: [{ interaction_id: '1', started_at: at(1) }],
    qa_reviews: reviews.map((review, index) => ({
      review_id: `r${index}`,
      interaction_id: '1',
      sampled_at: at(2),
      reviewed_at: at(3 + index),
      ...review,
    })),
    escalations: escalations.map((each, index) => ({
      escalation_id: `e${index}`,
      interaction_id: '1',
      escalated_at: at(2),
      ...each,
    })),
  })
  return warehouse.db.selectFrom('contacts').selectAll().executeTakeFirstOrThrow()
}

describe('the label of a contact', () => {
  it('is the adjudicated review, else the first completed random human one, else a program', async () => {
    const program: Review = { reviewer_kind: 'program', outcome: 'fail' }
    const human: Review = { outcome: 'pass' }
    const second: Review = { outcome: 'fail' }
    const settled: Review = { outcome: 'fail', is_adjudicated: true }
    expect(await contactWith([program])).toMatchObject({ label_review_id: 'r0', is_error: true })
    expect(await contactWith([program, human, second])).toMatchObject({ label_review_id: 'r1', is_error: false })
    expect(await contactWith([program, human, second, settled])).toMatchObject({
      label_review_id: 'r3',
      is_error: true,
    })
  })

  it('never comes from a judge, an open review or a targeted human one', async () => {
    const found = await contactWith([
      { reviewer_kind: 'judge', outcome: 'fail' },
      { reviewed_at: null, outcome: 'fail' },
      { sampling: 'targeted', outcome: 'fail' },
    ])
    expect(found).toMatchObject({ label_review_id: null, is_error: null, is_random_reviewed: false })
    expect(found).toMatchObject({ is_review_drawn: true, is_review_completed: false, is_judge_agreeing: null })
  })

  it('is an error by its outcome, and without one by a major or critical defect', async () => {
    const isError = async (review: Review) => (await contactWith([review])).is_error
    expect(await isError({ outcome: 'pass', defect: 'hallucination', severity: 'critical' })).toBe(false)
    expect(await isError({ outcome: 'fail' })).toBe(true)
    expect(await isError({ defect: 'other', severity: 'major' })).toBe(true)
    expect(await isError({ defect: 'other', severity: 'critical' })).toBe(true)
    expect(await isError({ defect: 'other', severity: 'minor' })).toBe(false)
    expect(await isError({ score: 12 })).toBe(false)
  })

  it('scores the given score, else the mean of all three parts', async () => {
    const score = async (review: Review) => (await contactWith([review])).qa_score
    expect(await score({ score: 70, accuracy: 10, tone: 10, resolution: 10 })).toBe(70)
    expect(await score({ accuracy: 90, tone: 80, resolution: 100 })).toBe(90)
    expect(await score({ accuracy: 90, tone: 80 })).toBeNull()
  })

  it('is compared with the first judge', async () => {
    const agreeing = async (...reviews: Review[]) => (await contactWith(reviews)).is_judge_agreeing
    const judge: Review = { reviewer_kind: 'judge', sampling: 'targeted', outcome: 'fail' }
    expect(await agreeing({ outcome: 'fail' }, judge)).toBe(true)
    expect(await agreeing({ outcome: 'pass' }, judge)).toBe(false)
    expect(await agreeing(judge)).toBeNull()
  })
})

describe('a critical defect', () => {
  it('counts from any completed review by a person or program, until an adjudication settles it', async () => {
    const targeted: Review = { sampling: 'targeted', severity: 'critical', outcome: 'fail' }
    expect((await contactWith([targeted])).has_critical_defect).toBe(true)
    expect((await contactWith([{ ...targeted, reviewed_at: null }])).has_critical_defect).toBe(false)
    expect((await contactWith([{ ...targeted, reviewer_kind: 'judge' }])).has_critical_defect).toBe(false)
    const settled: Review = { is_adjudicated: true, outcome: 'pass', severity: 'minor' }
    expect((await contactWith([targeted, settled])).has_critical_defect).toBe(false)
  })
})

describe('a review on time', () => {
  it('is the first drawn one, done by its due time; a second review does not mend a late one', async () => {
    const late: Review = { sampled_at: at(2), due_at: at(3), reviewed_at: at(4) }
    const second: Review = { sampled_at: at(3), due_at: at(9), reviewed_at: at(8) }
    expect(await contactWith([late, second])).toMatchObject({ is_review_due: true, is_review_on_time: false })
    expect(await contactWith([{ ...late, due_at: at(4) }])).toMatchObject({ is_review_on_time: true })
    expect(await contactWith([{ ...late, due_at: null }])).toMatchObject({ is_review_due: false })
  })
})

describe('an escalation', () => {
  it('is expected when the source says so or a written trigger names it, and unknown without either', async () => {
    const expected = async (...escalations: NonNullable<Facts['escalations']>) => {
      const found = await contactWith([], escalations)
      return found.is_escalated ? found.is_escalation_expected : 'none'
    }
    expect(await expected()).toBe('none')
    expect(await expected({ reason: 'keyword' })).toBe(true)
    expect(await expected({ reason: 'failed_handoff' })).toBe(false)
    expect(await expected({ reason: 'other' })).toBeNull()
    expect(await expected({ reason: 'keyword', expected: false })).toBe(false)
    expect(await expected({ reason: 'other', expected: true })).toBe(true)
  })

  it('of several counts as one conversation, unexpected when any was, else unknown when any is', async () => {
    const expected = async (...escalations: NonNullable<Facts['escalations']>) =>
      (await contactWith([], escalations)).is_escalation_expected
    expect(await expected({ reason: 'keyword' }, { reason: 'other' })).toBeNull()
    expect(await expected({ reason: 'keyword' }, { reason: 'other' }, { reason: 'failed_handoff' })).toBe(false)
  })
})
