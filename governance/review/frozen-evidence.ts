import { z } from 'zod'
import type { SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import { canonicalJson, sha256Hex } from '../audit/canonical-json.ts'
import { freezeNumbers, thawNumbers } from '../audit/freeze-numbers.ts'
import type { TypeEvaluation, TypeHistory, TypeMonth, TypeStanding } from '../evaluate/evaluation.ts'
import type { EvidenceTable } from '../ledger/ledger-schema.ts'

/** The frozen numbers of one type and month: everything the rules saw, and what they said. */
export interface FrozenEvidence {
  id: string
  month: string
  interactionType: string
  /** 1, 2, ... : a higher one replaced this because the numbers changed. */
  revision: number
  /** Content hash: what signers see and sign. */
  contentHash: string
  provenanceHash: string
  policyVersion: number
  reportingTimeZone: string
  standing: TypeStanding
  evaluation: TypeEvaluation
  months: readonly TypeMonth[]
  /** Who reviewed more than half of the sample, as the source names them. */
  majorityReviewer: string | null
  /** Keys of the failed contacts of the window, from which each voter's are drawn; sorted. */
  failingCases: readonly string[]
  snapshotId: number
  loadedThrough: Date | null
  matureThrough: Date | null
  frozenAt: Date
}

/** What is known when one type's evidence is frozen. */
export interface EvidenceParts {
  month: string
  policy: { version: number; sha256: string }
  reportingTimeZone: string
  standing: TypeStanding
  evaluation: TypeEvaluation
  history: TypeHistory
  majorityReviewer: string | null
  failingCases: readonly string[]
  snapshot: SnapshotInfo
}

/** Text members that could look like decimals. */
const textKeys = new Set(['interactionType', 'aiVersion', 'majorityReviewer', 'stratum', 'label', 'reason', 'cure'])

/**
 * The three texts of an evidence row. Content: counts, values, limits, verdicts, definition and policy versions; its
 * change makes a proposal stale. Provenance: snapshot, watermarks and the contacts that failed. Narrative: the sentences, whose wording may
 * depend on the day.
 */
export function freezeEvidenceParts(
  parts: EvidenceParts,
): Pick<EvidenceTable, 'content' | 'content_sha256' | 'provenance' | 'provenance_sha256' | 'narrative'> {
  const { evaluation, history, snapshot, month, policy, reportingTimeZone, standing, majorityReviewer } = parts
  const { gates, segments, reasons, blockers, ...verdict } = evaluation
  const months = history.months.map(({ points, ...rest }) => ({
    ...rest,
    points: points.map(({ month: _month, interactionType: _type, ...point }) => point),
  }))
  const content = canonicalJson(
    freezeNumbers({
      v: 1,
      month,
      interactionType: evaluation.interactionType,
      policy,
      reportingTimeZone,
      standing,
      evaluation: {
        ...verdict,
        gates: gates.map(({ label: _label, reason: _reason, cure: _cure, ...gate }) => gate),
        ...(segments === undefined ? {} : { segments: segments.map(({ reason: _reason, ...segment }) => segment) }),
      },
      months,
      majorityReviewer,
    }),
  )
  const provenance = canonicalJson(
    freezeNumbers({
      v: 1,
      snapshotId: snapshot.snapshotId,
      snapshotCreatedAt: snapshot.createdAt,
      loadedThrough: snapshot.loadedThrough,
      matureThrough: snapshot.matureThrough,
      ...(parts.failingCases.length === 0 ? {} : { failingCases: parts.failingCases }),
    }),
  )
  const narrative = canonicalJson(
    freezeNumbers({
      gates: gates.map(({ label, reason, cure }) => ({ label, reason, cure })),
      ...(segments === undefined ? {} : { segments: segments.map(({ reason }) => reason) }),
      reasons,
      blockers,
    }),
  )
  return {
    content,
    content_sha256: sha256Hex(content),
    provenance,
    provenance_sha256: sha256Hex(provenance),
    narrative,
  }
}

// The rows are our own and verified by the trail, so only the frame is checked; the types say what was frozen.
const evaluationFrame = z.looseObject({
  gates: z.array(z.looseObject({})),
  /** Evidence of policies that declare no segment holds none. */
  segments: z.array(z.looseObject({})).optional(),
})
const contentFrame = z.object({
  month: z.string(),
  interactionType: z.string(),
  policy: z.object({ version: z.int() }),
  reportingTimeZone: z.string(),
  standing: z.looseObject({ levelSince: z.string().nullable() }),
  evaluation: evaluationFrame,
  months: z.array(z.looseObject({ month: z.string(), points: z.array(z.looseObject({})) })),
  majorityReviewer: z.string().nullable(),
})
const provenanceFrame = z.object({
  snapshotId: z.int(),
  loadedThrough: z.string().nullable(),
  matureThrough: z.string().nullable(),
  /** Evidence frozen before contacts were drawn names none. */
  failingCases: z.array(z.string()).default([]),
})
const narrativeFrame = z.object({
  gates: z.array(z.object({ label: z.string(), reason: z.string(), cure: z.string().nullable() })),
  segments: z.array(z.string()).optional(),
  reasons: z.array(z.string()),
  blockers: z.array(z.string()),
})

/** Reads an evidence row back into what the pages and rules know. */
export function thawEvidence(row: EvidenceTable): FrozenEvidence {
  const content = contentFrame.parse(thawNumbers(JSON.parse(row.content), textKeys))
  const provenance = provenanceFrame.parse(JSON.parse(row.provenance))
  const { month, interactionType } = content
  return {
    id: row.evidence_id,
    month,
    interactionType,
    revision: row.revision,
    contentHash: row.content_sha256,
    provenanceHash: row.provenance_sha256,
    policyVersion: content.policy.version,
    reportingTimeZone: content.reportingTimeZone,
    standing: {
      ...content.standing,
      levelSince: instantOrNull(content.standing.levelSince),
    } as unknown as TypeStanding,
    evaluation: toEvaluation(content.evaluation, row.narrative),
    months: content.months.map((typeMonth) => ({
      ...typeMonth,
      points: typeMonth.points.map((point) => ({ ...point, month: typeMonth.month, interactionType })),
    })) as unknown as TypeMonth[],
    majorityReviewer: content.majorityReviewer,
    failingCases: provenance.failingCases,
    snapshotId: provenance.snapshotId,
    loadedThrough: instantOrNull(provenance.loadedThrough),
    matureThrough: instantOrNull(provenance.matureThrough),
    frozenAt: new Date(row.frozen_at),
  }
}

/** Reads only which contacts failed. */
export function thawFailingCases(row: Pick<EvidenceTable, 'provenance'>): readonly string[] {
  return provenanceFrame.parse(JSON.parse(row.provenance)).failingCases
}

/** Reads only what the rules said, many times faster than the numbers they saw. `evaluation` is that part of the content. */
export function thawEvaluation(evaluation: string, narrative: string): TypeEvaluation {
  return toEvaluation(evaluationFrame.parse(thawNumbers(JSON.parse(evaluation), textKeys)), narrative)
}

function toEvaluation(verdict: z.infer<typeof evaluationFrame>, narrativeText: string): TypeEvaluation {
  const { gates, segments, reasons, blockers } = narrativeFrame.parse(JSON.parse(narrativeText))
  return {
    ...verdict,
    gates: verdict.gates.map((gate, index) => ({ ...gate, ...gates[index] })),
    ...(verdict.segments === undefined
      ? {}
      : { segments: verdict.segments.map((segment, index) => ({ ...segment, reason: segments?.[index] ?? '' })) }),
    reasons,
    blockers,
  } as unknown as TypeEvaluation
}

function instantOrNull(text: string | null): Date | null {
  return text === null ? null : new Date(text)
}
