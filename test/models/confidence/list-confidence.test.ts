import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { listConfidence, type StatedConfidence } from '#models/confidence/list-confidence.ts'
import { parseMonth } from '#models/reporting-month.ts'
import { wilsonLimits } from '#models/statistics/wilson.ts'
import { type Facts, warehouseOf } from '../warehouse-of.ts'

type Interaction = NonNullable<Facts['interactions']>[number]
type Review = NonNullable<Facts['qa_reviews']>[number]

const window = { from: parseMonth('2026-03'), through: parseMonth('2026-05') }
const started_at = new Date('2026-04-10T10:00:00Z')
const reviewed_at = new Date('2026-04-12T10:00:00Z')

/** Contacts numbered from 0, each with a random review by a person unless `outcome` is left out. */
function facts(contacts: readonly (Interaction & { outcome?: 'pass' | 'fail'; review?: Review })[]): Facts {
  return {
    interactions: contacts.map(({ outcome: _outcome, review: _review, ...contact }, index) => ({
      interaction_id: String(index),
      interaction_type: 'refund',
      handled_by: 'ai_assisted',
      ai_version: 'v1',
      started_at,
      ...contact,
    })),
    qa_reviews: contacts.flatMap(({ outcome, review }, index) =>
      outcome === undefined
        ? []
        : [
            {
              review_id: `r${index}`,
              interaction_id: String(index),
              sampled_at: started_at,
              reviewed_at,
              outcome,
              ...review,
            },
          ],
    ),
  }
}

const read = async (given: Facts): Promise<StatedConfidence[]> => listConfidence((await warehouseOf(given)).db, window)

describe('listConfidence', { timeout: 60_000 }, () => {
  it('shares bands out, the ends 0.60 and 0.90 inside the middle one, with the reviews of each', async () => {
    const [found] = await read(
      facts([
        { ai_confidence: 0.59, outcome: 'fail' },
        { ai_confidence: 0.6, outcome: 'pass' },
        { ai_confidence: 0.9, outcome: 'fail' },
        { ai_confidence: 0.91 },
        { ai_confidence: 0.97, outcome: 'pass' },
      ]),
    )
    expect(found).toMatchObject({ interactionType: 'refund', aiVersion: 'v1', contacts: 5, withNumber: 5 })
    expect(
      found?.bands.map(({ band, contacts, share, reviewed, errors }) => [band, contacts, share, reviewed, errors]),
    ).toEqual([
      ['as_the_loop', 1, 0.2, 1, 1],
      ['in_the_loop', 2, 0.4, 2, 1],
      ['on_the_loop', 2, 0.4, 1, 0],
    ])
    expect(found?.answers).toEqual([
      { confidence: 0.59, isCorrect: false },
      { confidence: 0.6, isCorrect: true },
      { confidence: 0.9, isCorrect: false },
      { confidence: 0.97, isCorrect: true },
    ])
  })

  it('takes a vendor\u2019s low, medium and high as the bands, without answers to calibrate', async () => {
    const [found] = await read(
      facts([
        { ai_confidence_band: 'low', outcome: 'fail' },
        { ai_confidence_band: 'medium' },
        { ai_confidence_band: 'high', outcome: 'pass' },
        { ai_confidence_band: 'high', outcome: 'pass' },
      ]),
    )
    expect(found).toMatchObject({ withVendorBand: 4, withNumber: 0, answers: [] })
    expect(found?.bands.map(({ share, reviewed, errorRate }) => [share, reviewed, errorRate])).toEqual([
      [0.25, 1, 1],
      [0.25, 0, null],
      [0.5, 2, 0],
    ])
  })

  it('says of a type without confidence that it states none, and lists no type without AI', async () => {
    const found = await read(
      facts([{ outcome: 'pass' }, { ai_version: 'v2' }, { interaction_type: 'privacy', handled_by: 'human' }]),
    )
    expect(found.map(({ aiVersion, contacts, withoutConfidence }) => [aiVersion, contacts, withoutConfidence])).toEqual(
      [
        ['v1', 1, 1],
        ['v2', 1, 1],
      ],
    )
    expect(found[0]?.bands.map(({ share }) => share)).toEqual([null, null, null])
    expect(found[0]?.answers).toEqual([])
    expect(await read({})).toEqual([])
  })

  it('counts random reviews by people only: no targeted, judging or open one', async () => {
    const [found] = await read(
      facts([
        { ai_confidence: 0.7, outcome: 'fail', review: { sampling: 'targeted' } },
        { ai_confidence: 0.7, outcome: 'fail', review: { reviewer_kind: 'judge' } },
        { ai_confidence: 0.7, outcome: 'fail', review: { reviewed_at: null } },
        { ai_confidence: 0.8, outcome: 'pass' },
      ]),
    )
    expect(found).toMatchObject({ contacts: 4, answers: [{ confidence: 0.8, isCorrect: true }] })
  })

  it('keeps months, types and versions apart as a plain loop does', async () => {
    const contact = fc.record({
      ai_confidence: fc.constantFrom(null, 0, 0.3, 0.6, 0.75, 0.9, 0.95, 1),
      ai_confidence_band: fc.constantFrom(null, 'low' as const, 'medium' as const, 'high' as const),
      interaction_type: fc.constantFrom('refund', 'order'),
      ai_version: fc.constantFrom('v1', 'v2'),
      handled_by: fc.constantFrom('ai' as const, 'ai_assisted' as const, 'human' as const),
      is_test: fc.constantFrom(false, false, true),
      started_at: fc
        .constantFrom('2026-02-28', '2026-03-01', '2026-05-31', '2026-06-01')
        .map((day) => new Date(`${day}T12:00:00Z`)),
      outcome: fc.constantFrom(undefined, 'pass' as const, 'fail' as const),
    })
    await fc.assert(
      fc.asyncProperty(fc.array(contact, { maxLength: 40 }), async (contacts) => {
        const given = contacts.map(({ outcome, ...rest }) => (outcome === undefined ? rest : { ...rest, outcome }))
        const found = await read(facts(given))
        const counted = contacts.filter(
          (one) =>
            one.handled_by !== 'human' &&
            !one.is_test &&
            one.started_at >= new Date('2026-03-01') &&
            one.started_at < new Date('2026-06-01'),
        )
        const groups = [...new Set(counted.map((one) => `${one.interaction_type} ${one.ai_version}`))].sort()
        expect(found.map((one) => `${one.interactionType} ${one.aiVersion}`)).toEqual(groups)
        for (const one of found) {
          const own = counted.filter(
            (contact) => contact.interaction_type === one.interactionType && contact.ai_version === one.aiVersion,
          )
          const bandOf = ({ ai_confidence: number, ai_confidence_band: band }: (typeof own)[number]) => {
            if (number !== null) return number < 0.6 ? 0 : number <= 0.9 ? 1 : 2
            return band === null ? -1 : ['low', 'medium', 'high'].indexOf(band)
          }
          expect(one.contacts).toBe(own.length)
          expect(one.withoutConfidence).toBe(own.filter((contact) => bandOf(contact) === -1).length)
          for (const [index, band] of one.bands.entries()) {
            const inBand = own.filter((contact) => bandOf(contact) === index)
            expect(band).toMatchObject({
              contacts: inBand.length,
              reviewed: inBand.filter(({ outcome }) => outcome !== undefined).length,
              errors: inBand.filter(({ outcome }) => outcome === 'fail').length,
            })
          }
          const judged = own.filter(({ ai_confidence, outcome }) => ai_confidence !== null && outcome !== undefined)
          expect(one.answers).toHaveLength(judged.length)
          expect(one.answers.filter(({ isCorrect }) => !isCorrect)).toHaveLength(
            judged.filter(({ outcome }) => outcome === 'fail').length,
          )
        }
      }),
      { numRuns: 12 },
    )
  })

  it('weights the error rate of a band by the strata of its reviews, stated by number or by the vendor', async () => {
    const drawnIn = (stratum: string, outcome: 'pass' | 'fail', stated: Interaction) => ({
      ...stated,
      outcome,
      review: { stratum },
    })
    const number = { ai_confidence: 0.95 }
    const given = facts([
      ...Array.from({ length: 4 }, () => drawnIn('flagged', 'fail', number)),
      ...Array.from({ length: 4 }, () => drawnIn('rest', 'pass', number)),
      drawnIn('rest', 'fail', { ai_confidence_band: 'low' }),
      drawnIn('flagged', 'pass', { ai_confidence_band: 'low' }),
    ])
    const frame = (stratum: string, population: number) => ({
      frame_id: stratum,
      month: '2026-04',
      interaction_type: 'refund',
      stratum,
      population,
      drawn: 5,
    })
    const [found] = await read({ ...given, sampling_frames: [frame('flagged', 10), frame('rest', 90)] })
    // A flagged review stands for 2 contacts, one of the rest for 18.
    const [human, middle, alone] = found?.bands ?? []
    expect(alone).toMatchObject({ reviewed: 8, errors: 4, errorRate: expect.closeTo(8 / 80, 12) })
    expect(human).toMatchObject({ reviewed: 2, errors: 1, errorRate: expect.closeTo(18 / 20, 12) })
    expect(middle).toMatchObject({ reviewed: 0, errorRate: null, lower: null, upper: null })
    const { lower, upper } = wilsonLimits(0.1, 80 ** 2 / (4 * 2 ** 2 + 4 * 18 ** 2), 0.95)
    expect(alone).toMatchObject({ lower: expect.closeTo(lower, 12), upper: expect.closeTo(upper, 12) })
    expect(found?.answers).toHaveLength(8)
  })

  it('gives reviews that were drawn at different rates the weight of their stratum, and others none', async () => {
    const drawnIn = (stratum: string | null, interaction_type: string) => ({
      ai_confidence: 0.8,
      interaction_type,
      outcome: 'pass' as const,
      review: { stratum },
    })
    const given = facts([
      drawnIn('flagged', 'refund'),
      drawnIn('flagged', 'refund'),
      drawnIn('rest', 'refund'),
      drawnIn('unheard of', 'refund'),
      drawnIn(null, 'order'),
    ])
    const frame = (stratum: string, population: number) => ({
      frame_id: stratum,
      month: '2026-04',
      interaction_type: 'refund',
      stratum,
      population,
      drawn: 2,
    })
    const found = await read({ ...given, sampling_frames: [frame('flagged', 10), frame('rest', 90)] })
    const weights = found.map(({ interactionType, answers }) => [
      interactionType,
      answers.map(({ weight }) => weight).sort(),
    ])
    expect(weights).toEqual([
      ['order', [undefined]],
      ['refund', [1, 5, 5, 90]],
    ])
  })
})
