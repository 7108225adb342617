import { recordEvent } from '../audit/record-event.ts'
import { defaultPolicy } from '../policy/default-policy.ts'
import { publishFirstPolicy } from '../review/publish-first-policy.ts'
import { change } from './change.ts'
import type { Clock } from './clock.ts'
import { migrations } from './migrate.ts'
import type { Ledger } from './open-ledger.ts'
import { systemActor } from './system-actor.ts'

/** The first event of a new ledger, and policy version 1. Does nothing where there is an event. */
export async function recordCreation(ledger: Pick<Ledger, 'db'>, clock: Clock): Promise<void> {
  const first = await ledger.db.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()
  if (first !== undefined) return
  await change(ledger, async (db) => {
    const raced = await db.selectFrom('audit_events').select('seq').limit(1).executeTakeFirst()
    if (raced !== undefined) return
    const schema = migrations.map((migration) => migration.name).join(' ')
    await recordEvent(db, clock, systemActor, {
      action: 'ledger-created',
      object: { type: 'ledger', id: 'ledger' },
      data: { schema },
    })
    await publishFirstPolicy(db, defaultPolicy, clock)
  })
}
