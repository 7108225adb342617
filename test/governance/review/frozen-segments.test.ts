import { expect, it } from 'vitest'
import { evaluateMonth } from '#governance/evaluate/evaluate-month.ts'
import type { SegmentCounts } from '#governance/evaluate/evaluation.ts'
import type { EvidenceTable } from '#governance/ledger/ledger-schema.ts'
import { defaultPolicy } from '#governance/policy/default-policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { freezeEvidenceParts, thawEvaluation, thawEvidence } from '#governance/review/frozen-evidence.ts'
import { typeHistory, typeStanding } from '#test/build/type-history.ts'

const standing = typeStanding('refund')

function frozen(segments: readonly SegmentCounts[] | undefined, policy = recommendedPolicy) {
  const plain = typeHistory('refund', '2026-09', [{}])
  const months = plain.months.map((month) => (segments === undefined ? month : { ...month, segments }))
  const history = { ...plain, months }
  const [evaluation] = evaluateMonth(policy, '2026-09', [history], [standing], {
    now: new Date('2026-10-20T00:00:00Z'),
    reportingTimeZone: 'UTC',
  })
  if (evaluation === undefined) throw new Error('The type was not evaluated.')
  const parts = freezeEvidenceParts({
    month: '2026-09',
    policy: { version: policy.version, sha256: 'a'.repeat(64) },
    reportingTimeZone: 'UTC',
    standing,
    evaluation,
    history,
    majorityReviewer: null,
    failingCases: [],
    snapshot: {
      snapshotId: 1,
      createdAt: new Date('2026-10-20T00:00:00Z'),
      reportingTimeZone: 'UTC',
      loadedThrough: null,
      matureThrough: null,
    },
  })
  const row = { evidence_id: 'e', revision: 1, frozen_at: '2026-10-20T00:00:00.000Z', ...parts } as EvidenceTable
  return { evaluation, parts, row }
}

const vip: SegmentCounts = { segment: 'vip', contacts: 800, sentAlone: 30, reviewed: 43, errors: 10 }

it('evidence keeps the counts of the segments, what was judged of them, and the sentence', () => {
  const { evaluation, parts, row } = frozen([vip])
  const thawed = thawEvidence(row)
  expect(thawed.months[0]?.segments).toEqual([vip])
  expect(thawed.evaluation.segments?.[0]).toMatchObject({ ...vip, verdict: 'failing', reason: expect.any(String) })
  expect(thawed.evaluation.segments?.map(({ reason }) => reason)).toEqual(
    evaluation.segments?.map(({ reason }) => reason),
  )
  expect(thawed.evaluation.blockers).toContain(evaluation.segments?.[0]?.reason)
  const verdict = JSON.stringify((JSON.parse(parts.content) as { evaluation: unknown }).evaluation)
  expect(thawEvaluation(verdict, parts.narrative)).toEqual(thawed.evaluation)
})

it('other counts of a segment are other content, so that signatures on the old ones lapse', () => {
  const { parts } = frozen([vip])
  expect(frozen([{ ...vip, errors: 11 }]).parts.content_sha256).not.toBe(parts.content_sha256)
  expect(frozen([vip]).parts.content_sha256).toBe(parts.content_sha256)
})

it('evidence of a policy without segments holds none and reads as ever', () => {
  const { parts, row } = frozen(undefined, defaultPolicy)
  expect(parts.content + parts.narrative).not.toContain('segment')
  expect(thawEvidence(row).evaluation).not.toHaveProperty('segments')
})
