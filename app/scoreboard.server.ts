import { type FollowUp, followDecision, type HitRate, hitRate } from '#governance/evaluate/follow-decision.ts'
import type { Decision } from '#governance/review/decision.ts'
import { listPolicies } from '#governance/review/published-policy.ts'
import { listMetricPoints } from '#models/monthly/list-metric-points.ts'
import { typeHistories } from './evidence/type-histories.ts'
import { ledger } from './ledger.server.ts'
import { reportingMonths } from './reporting-months.server.ts'
import { reportingTimeZone } from './reporting-time-zone.server.ts'
import { findWarehouse } from './warehouse.server.ts'

/** What became of the decisions. */
export interface Scoreboard {
  /** By decision id; baselines state a fact and are not followed. */
  followUps: ReadonlyMap<string, readonly FollowUp[]>
  /** Of the decisions of monthly reviews. */
  hitRate: HitRate
}

/** Follows decisions on the snapshot being served. Without data nothing is known yet. */
export async function getScoreboard(decisions: readonly Decision[]): Promise<Scoreboard> {
  const [warehouse, months, timeZone, policies] = [
    await findWarehouse(),
    await reportingMonths(),
    await reportingTimeZone(),
    await listPolicies((await ledger()).db),
  ]
  const [first, last] = [months[0], months.at(-1)]
  const points =
    warehouse === undefined || first === undefined || last === undefined
      ? []
      : await listMetricPoints(warehouse.db, { from: first.month, through: last.month })
  const historyOf = new Map(typeHistories(points, []).map(({ interactionType, months }) => [interactionType, months]))
  const policyOf = new Map(policies.map(({ policy }) => [policy.version, policy]))
  const knownThrough = months.findLast(({ isFinal }) => isFinal)?.month ?? null
  const followed = decisions.flatMap((decision) => {
    const policy = policyOf.get(decision.policyVersion)
    if (decision.kind === 'baseline' || policy === undefined) return []
    const context = { knownThrough, reportingTimeZone: timeZone, policy }
    return [{ decision, followUps: followDecision(decision, historyOf.get(decision.interactionType) ?? [], context) }]
  })
  return {
    followUps: new Map(followed.map(({ decision, followUps }) => [decision.id, followUps])),
    hitRate: hitRate(followed.filter(({ decision }) => decision.kind === 'cycle').map(({ followUps }) => followUps)),
  }
}
