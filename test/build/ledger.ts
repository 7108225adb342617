import { createUser } from '#governance/accounts/create-user.ts'
import type { Role } from '#governance/accounts/roles.ts'
import type { User } from '#governance/accounts/user.ts'
import type { Recommendation, TypeEvaluation, TypeHistory, TypeStanding } from '#governance/evaluate/evaluation.ts'
import type { Clock } from '#governance/ledger/clock.ts'
import { type Ledger, openLedger } from '#governance/ledger/open-ledger.ts'
import { levelAt } from '#governance/levels/level-at.ts'
import { recordBaseline } from '#governance/registry/record-baseline.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { freezeEvidence } from '#governance/review/freeze-evidence.ts'
import { getReviewType } from '#governance/review/get-review-type.ts'
import { openReview } from '#governance/review/open-review.ts'
import type { SnapshotInfo } from '#models/warehouse/get-snapshot-info.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { type LedgerPlace, type LedgerStore, newLedgerPlace } from './ledger-store.ts'

/** Every account of the tests has this one. */
export const password = 'four plain words together'

/** A real ledger, on SQLite or on PostgreSQL as the run says, with a clock that tests set forward. */
export interface TestLedger {
  ledger: Ledger
  /** Of this ledger alone. */
  directory: string
  /** The present, and ids that count up: the same test gives the same trail. */
  clock(): Clock
  pass(minutes: number): void
  remove(): Promise<void>
}

/** One that a test made for itself, and may break into. */
export interface BuiltLedger extends TestLedger {
  place: LedgerPlace
}

export async function buildLedger(start = '2026-10-12T09:00:00.000Z', store?: LedgerStore): Promise<BuiltLedger> {
  const place = await newLedgerPlace(store)
  let now = new Date(start)
  let count = 0
  const clock = () => ({
    now,
    newId: () => {
      count += 1
      return `id-${String(count).padStart(6, '0')}`
    },
  })
  const ledger = await openLedger(place.location, { keysDirectory: place.keysDirectory, clock: clock() })
  return {
    ledger,
    place,
    directory: place.directory,
    clock,
    pass(minutes) {
      now = new Date(now.getTime() + minutes * 60_000)
    },
    async remove() {
      await ledger.close()
      await place.remove()
    },
  }
}

export async function addUser(at: TestLedger, name: string, ...roles: Role[]): Promise<User> {
  const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
  return createUser(at.ledger, { email, name, roles, password, by: 'system' }, at.clock())
}

/** Three approvers, a reviewer who proposes, and the owner of the types. */
export async function addPeople(at: TestLedger) {
  return {
    anna: await addUser(at, 'Anna', 'approver'),
    boris: await addUser(at, 'Boris', 'approver'),
    chiara: await addUser(at, 'Chiara', 'approver'),
    rena: await addUser(at, 'Rena', 'reviewer'),
    owner: await addUser(at, 'Odo Owner', 'approver', 'reviewer'),
    admin: await addUser(at, 'Ada Admin', 'admin'),
    viewer: await addUser(at, 'Vera Viewer', 'viewer'),
  }
}
export type People = Awaited<ReturnType<typeof addPeople>>

/** A registered type, with a signed baseline unless the level is null. */
export async function addType(
  at: TestLedger,
  people: People,
  interactionType: string,
  level: OversightLevel | null,
  change: { ceiling?: OversightLevel; riskTier?: 'low' | 'medium' | 'high'; isDisclosureAttested?: boolean } = {},
): Promise<void> {
  await registerType(
    at.ledger,
    {
      interactionType,
      area: 'orders',
      riskTier: 'low',
      ceiling: 'human_on_the_loop',
      ownerId: people.owner.id,
      aiDoes: 'answers',
      humansDo: 'check samples',
      requiredControls: 'sampling',
      isDisclosureAttested: true,
      ...change,
      by: people.admin.id,
    },
    at.clock(),
  )
  if (level === null) return
  await recordBaseline(
    at.ledger,
    { interactionType, level, reason: 'as it is today', by: people.anna.id, password },
    at.clock(),
  )
  at.pass(1)
}

export const month = '2026-09'

export function evaluationOf(
  interactionType: string,
  recommendation: Recommendation,
  level: OversightLevel | null,
  errors = 7,
): TypeEvaluation {
  return {
    interactionType,
    month,
    level,
    recommendation,
    targetLevel: null,
    gates: [
      {
        gate: 'G1',
        label: 'Error rate',
        verdict: 'pass',
        value: errors / 412,
        lower: 0.00825,
        upper: 0.0347,
        decisiveBound: 0.0381,
        decisiveSide: 'upper',
        limit: 0.05,
        unit: 'share',
        numerator: errors,
        denominator: 412,
        referenceNumerator: null,
        referenceDenominator: null,
        inconclusiveFrom: 0.0291,
        inconclusiveTo: 0.0704,
        reason: 'The 99 % bound lies under the limit.',
        cure: null,
      },
    ],
    reasons: ['All gates pass.'],
    blockers: [],
  }
}

export function historyOf(interactionType: string, errors = 7): TypeHistory {
  return {
    interactionType,
    months: [
      {
        month,
        points: [
          {
            month,
            interactionType,
            metric: 'ai_error_rate',
            cohort: 'ai_participated',
            scale: null,
            numerator: errors,
            denominator: 412,
            sumOfSquares: null,
            effectiveSize: null,
            value: errors / 412,
            lower: 0.00825,
            upper: 0.0347,
            isFinal: true,
            definitionVersion: 1,
          },
        ],
        aiVersions: [{ aiVersion: '4.2', contactCount: 1200 }],
      },
    ],
  }
}

const snapshot: SnapshotInfo = {
  snapshotId: 3,
  createdAt: new Date('2026-10-12T08:00:00.000Z'),
  reportingTimeZone: 'Europe/Berlin',
  loadedThrough: new Date('2026-10-12T00:00:00.000Z'),
  matureThrough: new Date('2026-10-05T00:00:00.000Z'),
}

async function standingOf(at: TestLedger, interactionType: string): Promise<TypeStanding> {
  const inForce = await levelAt(at.ledger, { interactionType, at: at.clock().now })
  return {
    interactionType,
    isRegistered: true,
    riskTier: 'low',
    ceiling: 'human_on_the_loop',
    level: inForce?.level ?? null,
    levelSince: inForce?.since ?? null,
    isBaseline: inForce?.isBaseline ?? false,
  }
}

/** Freezes (again) the evidence of the month with these recommendations and error counts. */
export async function freeze(
  at: TestLedger,
  recommendations: Readonly<Record<string, Recommendation>>,
  change: {
    errors?: number
    snapshotId?: number
    majorityReviewers?: ReadonlyMap<string, string>
    failingCases?: ReadonlyMap<string, readonly string[]>
  } = {},
) {
  const types = Object.keys(recommendations)
  const standings = await Promise.all(types.map((type) => standingOf(at, type)))
  return freezeEvidence(
    at.ledger,
    {
      month,
      evaluations: standings.map((standing) =>
        evaluationOf(
          standing.interactionType,
          recommendations[standing.interactionType] ?? 'keep',
          standing.level,
          change.errors,
        ),
      ),
      histories: types.map((type) => historyOf(type, change.errors)),
      standings,
      snapshot: { ...snapshot, snapshotId: change.snapshotId ?? snapshot.snapshotId },
      ...(change.majorityReviewers === undefined ? {} : { majorityReviewers: change.majorityReviewers }),
      ...(change.failingCases === undefined ? {} : { failingCases: change.failingCases }),
      by: 'system',
    },
    at.clock(),
  )
}

/** An open review of September with frozen evidence. */
export async function openSeptember(
  at: TestLedger,
  recommendations: Readonly<Record<string, Recommendation>>,
): Promise<void> {
  await openReview(
    at.ledger,
    {
      month,
      interactionTypes: Object.keys(recommendations),
      isFinal: true,
      reportingTimeZone: 'Europe/Berlin',
      by: 'system',
    },
    at.clock(),
  )
  await freeze(at, recommendations)
}

/** The hash that the page shows and the signer signs. */
export async function evidenceHashOf(at: TestLedger, interactionType: string): Promise<string> {
  const { evidence } = await getReviewType(at.ledger, { month, interactionType })
  return evidence?.contentHash ?? ''
}
