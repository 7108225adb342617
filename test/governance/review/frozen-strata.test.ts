import { expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { EvidenceTable } from '#governance/ledger/ledger-schema.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { freezeEvidenceParts, thawEvidence } from '#governance/review/frozen-evidence.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'

const scores = (mean: number) => ({ scored: 100, scoreSum: 100 * mean, scoreSquareSum: 100 * (mean ** 2 + 16) })

it('evidence keeps the strata of its reviews, also one that is named like a number', () => {
  const strata = [
    { stratum: '0.9', population: 9000, drawn: 100, reviewed: 100, errors: 1, ...scores(94.35) },
    { stratum: '1e-3', population: 1000, drawn: 100, reviewed: 100, errors: 10, ...scores(81.2) },
  ]
  const plain = typeHistory('refund', '2026-07', [{ errors: 11, reviews: 200 }])
  const history = { ...plain, months: plain.months.map((month) => ({ ...month, strata })) }
  const standing = typeStanding('refund')
  const [evaluation] = evaluateMonth(defaultPolicy, '2026-07', [history], [standing], {
    now: new Date('2026-08-20T00:00:00Z'),
    reportingTimeZone: 'UTC',
  })
  if (evaluation === undefined) throw new Error('The type was not evaluated.')
  const frozen = freezeEvidenceParts({
    month: '2026-07',
    policy: { version: 1, sha256: 'a'.repeat(64) },
    reportingTimeZone: 'UTC',
    standing,
    evaluation,
    history,
    majorityReviewer: null,
    failingCases: [],
    snapshot: {
      snapshotId: 1,
      createdAt: new Date('2026-08-20T00:00:00Z'),
      reportingTimeZone: 'UTC',
      loadedThrough: null,
      matureThrough: null,
    },
  })
  const row = { evidence_id: 'e', revision: 1, frozen_at: '2026-08-20T00:00:00.000Z', ...frozen } as EvidenceTable
  const thawed = thawEvidence(row)
  expect(thawed.months[0]?.strata).toEqual(strata)
  expect(thawed.evaluation.gates.find(({ gate }) => gate === 'G2')?.value).toBeCloseTo(93.035, 9)
  expect(thawed.evaluation.gates.find(({ gate }) => gate === 'G1')?.value).toBeCloseTo(0.019, 12)
})
