import { z } from 'zod'
import { type AutonomyEntry, unregisteredEntry } from '#governance/autonomy/autonomy-entry.ts'
import { listAutonomy } from '#governance/autonomy/list-autonomy.ts'
import { ledger } from '../../ledger.server.ts'
import { instant, interactionType, level } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'

const entrySchema = z
  .object({
    interactionType,
    level,
    isRegistered: z.boolean().describe('false: nobody registered the type, so a human leads.'),
    since: instant.nullable().describe('Since when the level is in force.'),
    validUntil: instant.nullable().describe('Not renewed by then, levelAfter holds; null: the level does not expire.'),
    levelAfter: level,
    decisionId: z.string().nullable(),
    policyVersion: z.int().nullable(),
  })
  .meta({ id: 'AutonomyEntry' })

/** The level in force of every registered type. */
export const getAutonomy = jsonOperation({
  id: 'getAutonomy',
  path: '/autonomy',
  scope: 'autonomy:read',
  summary: 'The level in force of every interaction type',
  description:
    'Poll it with If-None-Match: while nothing changes the answer is 304 without a body. A stop shows on the next request. A type that is not listed is led by a human.',
  params: none,
  query: none,
  response: z.object({
    defaultLevel: level.describe('Of every type that is not listed.'),
    types: z.array(entrySchema),
  }),
  async answer() {
    const types = await listAutonomy(await ledger(), new Date())
    return { defaultLevel: unregisteredEntry('').level, types: types.map(toBody) }
  },
})

/** The level in force of one type, registered or not. */
export const getTypeAutonomy = jsonOperation({
  id: 'getTypeAutonomy',
  path: '/autonomy/types/{interactionType}',
  scope: 'autonomy:read',
  summary: 'The level in force of one interaction type',
  description: 'A type that nobody registered is answered too, as led by a human.',
  params: z.strictObject({ interactionType }),
  query: none,
  response: entrySchema,
  async answer({ params }) {
    const types = await listAutonomy(await ledger(), new Date())
    const found = types.find((entry) => entry.interactionType === params.interactionType)
    return toBody(found ?? unregisteredEntry(params.interactionType))
  },
})

function toBody(entry: AutonomyEntry): z.input<typeof entrySchema> {
  return {
    ...entry,
    since: entry.since?.toISOString() ?? null,
    validUntil: entry.validUntil?.toISOString() ?? null,
  }
}
