import type { Kysely } from 'kysely'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { LevelChange } from './verify-events.ts'
import type { Finding } from './verify-trail.ts'

interface Interval {
  level: string
  from: string
  to: string | null
  decisionId: string
}

/** The level in force of one type, once from a replay of the events and once as the ledger holds it; null for none. */
export interface ReplayedLevel {
  interactionType: string
  replayed: LevelSince | null
  stored: LevelSince | null
  /** The whole history of the type agrees, not only its end. */
  agrees: boolean
}

interface LevelSince {
  level: string
  since: string
}

/**
 * Replays the level of every type from the events alone and compares it with the stored intervals. Gives the levels in
 * force by type.
 */
export async function verifyLevels(
  db: Kysely<LedgerSchema>,
  changes: readonly LevelChange[],
  findings: Finding[],
): Promise<ReplayedLevel[]> {
  const replayed = replayLevels(changes)
  const stored = new Map<string, Interval[]>()
  const rows = await db
    .selectFrom('level_intervals')
    .selectAll()
    .orderBy('interaction_type')
    .orderBy('effective_from')
    .execute()
  for (const row of rows) {
    const interval = {
      level: row.oversight_level,
      from: row.effective_from,
      to: row.effective_to,
      decisionId: row.decision_id,
    }
    stored.set(row.interaction_type, [...(stored.get(row.interaction_type) ?? []), interval])
  }
  return [...new Set([...replayed.keys(), ...stored.keys()])].sort().map((type) => {
    const expected = replayed.get(type) ?? []
    const actual = stored.get(type) ?? []
    let agrees = true
    for (let index = 0; index < Math.max(expected.length, actual.length); index += 1) {
      const [wanted, found] = [describe(expected[index]), describe(actual[index])]
      if (wanted === found) continue
      agrees = false
      findings.push({ where: `level_intervals of ${type}`, what: `the trail says ${wanted}, the ledger ${found}` })
    }
    return { interactionType: type, replayed: inForce(expected), stored: inForce(actual), agrees }
  })
}

function inForce(intervals: readonly Interval[]): LevelSince | null {
  const last = intervals.at(-1)
  return last === undefined || last.to !== null ? null : { level: last.level, since: last.from }
}

/** By type: half-open intervals in the order of the events. */
function replayLevels(changes: readonly LevelChange[]): Map<string, Interval[]> {
  const replayed = new Map<string, Interval[]>()
  for (const { object, data } of changes) {
    const intervals = replayed.get(object.id) ?? []
    const open = intervals.at(-1)
    if (open !== undefined) open.to = data.effectiveFrom
    intervals.push({ level: data.toLevel, from: data.effectiveFrom, to: null, decisionId: data.decisionId })
    replayed.set(object.id, intervals)
  }
  return replayed
}

function describe(interval: Interval | undefined): string {
  if (interval === undefined) return 'nothing'
  return `${interval.level} from ${interval.from} to ${interval.to ?? 'now'} by decision ${interval.decisionId}`
}
