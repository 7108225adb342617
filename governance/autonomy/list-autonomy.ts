import { levelBelow } from '../evaluate/levels.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { type AutonomyEntry, unregisteredEntry } from './autonomy-entry.ts'

/**
 * The level in force of every registered type, by name, in one read. A decision past its validity no longer gives what it
 * gave: its type is one step lower here from that instant, even before "review tick" writes that down.
 */
export async function listAutonomy(ledger: Pick<Ledger, 'db'>, now: Date): Promise<AutonomyEntry[]> {
  const { db } = ledger
  const at = now.toISOString()
  const newestDecisions = db
    .selectFrom('decisions')
    .leftJoin('audit_events as event', (join) =>
      join
        .onRef('event.object_id', '=', 'decisions.decision_id')
        .on('event.object_type', '=', 'decision')
        .on('event.action', '=', 'decision-recorded'),
    )
    .select(['decisions.interaction_type', 'decision_id', 'valid_until', 'policy_version'])
    .select((of) =>
      of.fn
        .agg<number>('row_number')
        // Two of one instant: the one that came later into the trail.
        .over((over) =>
          over.partitionBy('decisions.interaction_type').orderBy('decided_at', 'desc').orderBy('event.seq', 'desc'),
        )
        .as('newness'),
    )
  const rows = await db
    .selectFrom('interaction_types as type')
    .leftJoin('level_intervals as interval', (join) =>
      join
        .onRef('interval.interaction_type', '=', 'type.interaction_type')
        .on('interval.effective_from', '<=', at)
        .on((of) => of.or([of('interval.effective_to', 'is', null), of('interval.effective_to', '>', at)])),
    )
    .leftJoin(newestDecisions.as('newest'), (join) =>
      join.onRef('newest.interaction_type', '=', 'type.interaction_type').on('newest.newness', '=', 1),
    )
    .select([
      'type.interaction_type',
      'interval.oversight_level',
      'interval.effective_from',
      'newest.decision_id',
      'newest.valid_until',
      'newest.policy_version',
    ])
    .orderBy('type.interaction_type')
    .execute()
  return rows.map((row): AutonomyEntry => {
    const { oversight_level: decided, effective_from: from, valid_until: validUntil } = row
    if (decided === null || from === null || validUntil === null) {
      return { ...unregisteredEntry(row.interaction_type), isRegistered: true }
    }
    const lower = levelBelow(decided)
    const isPast = validUntil <= at
    return {
      interactionType: row.interaction_type,
      level: isPast ? (lower ?? decided) : decided,
      isRegistered: true,
      since: new Date(isPast && lower !== undefined ? validUntil : from),
      validUntil: lower === undefined || isPast ? null : new Date(validUntil),
      levelAfter: lower ?? decided,
      decisionId: row.decision_id,
      policyVersion: row.policy_version,
    }
  })
}
