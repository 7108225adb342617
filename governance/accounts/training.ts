import type { Kysely } from 'kysely'
import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'
import { recordEvent } from '../audit/record-event.ts'
import { change } from '../ledger/change.ts'
import type { Clock } from '../ledger/clock.ts'
import type { LedgerSchema } from '../ledger/ledger-schema.ts'
import type { Ledger } from '../ledger/open-ledger.ts'
import { parseInput } from '../ledger/parse-input.ts'
import { actAs, type By, getActiveUser } from './acting-user.ts'

/** Whether somebody is trained to oversee, as far as it bears on a signature. */
export interface Training {
  /** The last day, YYYY-MM-DD; null without a record. */
  until: string | null
  /** Today, UTC. */
  today: string
  /** The policy asks for a record; otherwise only an expired one counts. */
  isRequired: boolean
}

const inputSchema = z.object({ userId: z.string().min(1), trainedUntil: z.iso.date('Give the day as YYYY-MM-DD.') })

/** Records until when a person is trained. By an admin or the command line; a day in the past ends it. Throws forbidden. */
export async function recordTraining(
  ledger: Pick<Ledger, 'db'>,
  input: z.input<typeof inputSchema> & { by: By },
  clock: Clock,
): Promise<void> {
  const { userId, trainedUntil } = parseInput(inputSchema, input, 'The training')
  await change(ledger, async (db) => {
    const actor = await actAs(db, input.by, ['admin', 'system'], 'record trainings')
    if (input.by === userId) throw new OversightError('forbidden', 'Nobody records their own training.')
    await getActiveUser(db, userId)
    const newest = await newestRecord(db, userId)
    const sequence = (newest?.sequence ?? 0) + 1
    await db
      .insertInto('trainings')
      .values({
        user_id: userId,
        sequence,
        trained_until: trainedUntil,
        recorded_by: actor.id,
        recorded_at: clock.now.toISOString(),
      })
      .execute()
    await recordEvent(
      db,
      clock,
      actor,
      { action: 'training-recorded', object: { type: 'user', id: userId }, data: { trainedUntil } },
      ['trainings', userId, sequence],
    )
  })
}

/** Until when each person with a record is trained, by their id. */
export async function listTrainedUntil(db: Kysely<LedgerSchema>): Promise<Map<string, string>> {
  const rows = await db.selectFrom('trainings').select(['user_id', 'trained_until']).orderBy('sequence').execute()
  return new Map(rows.map((row) => [row.user_id, row.trained_until]))
}

/** The newest record of a person as it bears on signing now. */
export async function trainingOf(
  db: Kysely<LedgerSchema>,
  userId: string,
  now: Date,
  policy: { requiresTraining?: true | undefined },
): Promise<Training> {
  return {
    until: (await newestRecord(db, userId))?.trained_until ?? null,
    today: now.toISOString().slice(0, 10),
    isRequired: policy.requiresTraining === true,
  }
}

/** Why this training does not do for an approval, as a sentence; null when it does. */
export function trainingObstacle({ until, today, isRequired }: Training): string | null {
  if (until === null) {
    return isRequired ? 'No training is recorded for you, which the policy asks for. Ask an admin.' : null
  }
  return until < today ? `Your training ended on ${until}, so you may not approve. Ask an admin.` : null
}

/** Throws forbidden when the person's training does not do for an approval. */
export async function refuseUntrained(
  db: Kysely<LedgerSchema>,
  userId: string,
  now: Date,
  policy: { requiresTraining?: true | undefined },
): Promise<void> {
  const obstacle = trainingObstacle(await trainingOf(db, userId, now, policy))
  if (obstacle !== null) throw new OversightError('forbidden', obstacle)
}

async function newestRecord(db: Kysely<LedgerSchema>, userId: string) {
  return db
    .selectFrom('trainings')
    .select(['sequence', 'trained_until'])
    .where('user_id', '=', userId)
    .orderBy('sequence', 'desc')
    .executeTakeFirst()
}
