import { describe, expect, it } from 'vitest'
import { bandsNote, confidenceView } from '#app/evidence/confidence/confidence-view.ts'
import type { StatedConfidence } from '#models/confidence/list-confidence.ts'
import { seededRandom } from '#models/statistics/seeded-random.ts'

/** Answers that are right as often as `truth` says of their confidence. */
function stated(count: number, truth: (confidence: number) => number): StatedConfidence {
  const random = seededRandom(11)
  const answers = Array.from({ length: count }, () => {
    const confidence = 0.5 + random() / 2
    return { confidence, isCorrect: random() < truth(confidence) }
  })
  return {
    interactionType: 't',
    aiVersion: '4.2',
    contacts: count * 10,
    withNumber: count * 10 - 5,
    withVendorBand: 0,
    withoutConfidence: 5,
    bands: [],
    answers,
  }
}

describe('stated confidence in words', () => {
  it('says when the AI is surer than it is right, against chance', () => {
    const view = confidenceView(
      stated(600, (confidence) => confidence - 0.25),
      0.05,
    )
    expect(view.lead.strong).toBe('The AI is surer than it is right.')
    expect(view.calibrationText).toMatch(/p under 0\.001|p 0\.00/)
    expect(view.guaranteed).toBeNull()
    expect(view.guaranteedText).toContain(
      'At no threshold do these data show an error rate under 5.0\u202f%, 95\u202f% sure.',
    )
  })

  it('seeks no threshold for some contacts of a version, and says so', () => {
    const view = confidenceView(
      stated(900, (confidence) => (confidence > 0.8 ? 1 : 0.6)),
      'part',
    )
    expect(view.guaranteed).toBeNull()
    expect(view.trade).toBeNull()
    expect(view.guaranteedText).toBe('A threshold is sought over all contacts of a version, not over some of them.')
  })

  it('names a threshold only with its guarantee, and the numbers of every step', () => {
    const view = confidenceView(
      stated(900, (confidence) => (confidence > 0.8 ? 1 : 0.6)),
      0.05,
    )
    expect(view.guaranteed).toBeGreaterThan(0.7)
    expect(view.guaranteedText).toContain('under 5.0\u202f%, 95\u202f% sure')
    const step = view.steps.find(({ threshold }) => threshold === view.guaranteed)
    expect(step?.errorsPer100).toBeLessThan(5)
    expect(view.steps[0]?.shareAutomated).toBe(1)
    expect(view.steps[0]?.counts).toBe('220 wrong of 900 reviewed answers at or above it, of 900 reviewed')
    expect(view.trade?.drawing?.wide).toContain('>limit 5.0 per 100 sent alone<')
    expect(view.charts.map(({ id }) => id)).toEqual(['share-automated-4.2', 'errors-reaching-4.2'])
    expect(view.charts[0]?.drawing?.wide).toContain('guaranteed')
  })

  it('says nothing from too few reviews, and seeks no threshold without a limit', () => {
    const view = confidenceView(
      stated(29, () => 1),
      null,
    )
    expect(view.lead.strong).toContain('cannot be said yet')
    expect(view.reliability).toBeNull()
    expect(view.guaranteedText).toContain('no error limit')
    expect(view.steps).toEqual([])
  })

  it('says of the bands that they change no level, least of all above the ceiling', () => {
    expect(bandsNote('human_in_the_loop')).toContain('within its ceiling, in-the-loop, at any confidence.')
    for (const free of ['human_on_the_loop', null] as const) expect(bandsNote(free)).not.toContain('ceiling')
  })
})
