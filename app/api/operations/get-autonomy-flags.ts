import { z } from 'zod'
import { flagDefinition } from '#governance/autonomy/flag-definition.ts'
import { listAutonomy } from '#governance/autonomy/list-autonomy.ts'
import { ledger } from '../../ledger.server.ts'
import { level } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'

const metadata = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]))

/** The levels in force for OpenFeature. */
export const getAutonomyFlags = jsonOperation({
  id: 'getAutonomyFlags',
  path: '/autonomy/flagd.json',
  scope: 'autonomy:read',
  summary: 'The same levels as an OpenFeature flagd definition',
  description:
    'One text flag per type, "oversight_level." and its name. A level that expires lowers itself at that instant, also in a copy of the file. Give human_as_the_loop as the default of every evaluation.',
  params: none,
  query: none,
  response: z.object({
    $schema: z.string(),
    metadata,
    flags: z.record(
      z.string(),
      z.object({
        state: z.literal('ENABLED'),
        variants: z.record(z.string(), level),
        defaultVariant: level,
        targeting: z.looseObject({}).optional().describe('JsonLogic.'),
        metadata,
      }),
    ),
  }),
  async answer() {
    return flagDefinition(await listAutonomy(await ledger(), new Date())) as never
  },
})
