import { z } from 'zod'
import type { User } from '#governance/accounts/user.ts'
import { auditEventSchema } from '#governance/audit/audit-event.ts'
import { listCheckpoints } from '#governance/audit/list-checkpoints.ts'
import { readAuditEvents } from '#governance/audit/read-audit-events.ts'
import { OversightError } from '#models/oversight-error.ts'
import { withoutHiddenVotes } from '../../audit-votes.server.ts'
import { ledger } from '../../ledger.server.ts'
import { instant } from '../fields.ts'
import { jsonOperation, none } from '../operation.ts'

const actions = auditEventSchema.options.map((option) => option.shape.action.value)

/** The trail, event by event. */
export const listAuditEvents = jsonOperation({
  id: 'listAuditEvents',
  path: '/audit/events',
  scope: 'audit:read',
  summary: 'Events of the audit trail, oldest first',
  description:
    'Start with from=0 and go on with nextFrom, which stays where it is until there is more: a reader that keeps it misses nothing and gets nothing twice. The offline check needs the whole bundle: "oversight audit export".',
  params: none,
  query: z.strictObject({
    from: z.coerce.number().int().min(0).max(1e15).default(0).describe('The first event number.'),
    limit: z.coerce.number().int().min(1).max(1000).default(100),
    action: z.enum(actions as [string, ...string[]]).optional(),
  }),
  response: z.object({
    size: z.int().describe('Events in the trail.'),
    nextFrom: z.int(),
    events: z.array(
      z
        .object({
          seq: z.int(),
          id: z.string(),
          ts: instant,
          actor: z.object({ id: z.string(), name: z.string(), role: z.string() }),
          action: z.string(),
          object: z.object({ type: z.string(), id: z.string() }),
          data: z.looseObject({}),
          rows: z.array(z.object({ table: z.string(), key: z.string(), sha256: z.string() })),
          leafHash: z.string().describe('SHA-256 of 0x00 and the leaf: its place in the Merkle tree.'),
        })
        .meta({ id: 'AuditEvent' }),
    ),
  }),
  async answer({ query, bearer }) {
    const { size, nextFrom, events } = await readAuditEvents(await ledger(), query)
    return { size, nextFrom, events: (await withoutHiddenVotes(events, reader(bearer.holder))) as never }
  },
})

/** The newest signed tree head. */
export const getCheckpoint = jsonOperation({
  id: 'getCheckpoint',
  path: '/audit/checkpoint',
  scope: 'audit:read',
  summary: 'The newest signed checkpoint of the trail',
  description: 'Keep them elsewhere: whoever holds one can prove later that nothing before it was changed or cut off.',
  params: none,
  query: none,
  response: z.object({
    size: z.int().describe('Events that it covers.'),
    rootHash: z.string(),
    note: z.string().describe('C2SP signed note, Ed25519.'),
  }),
  async answer() {
    const [checkpoint] = await listCheckpoints(await ledger(), 1)
    if (checkpoint === undefined) throw new OversightError('not_found', 'No checkpoint was signed yet.')
    return checkpoint
  },
})

/** audit:read is never a machine's. */
function reader(holder: User | null): User {
  if (holder === null) throw new OversightError('forbidden', 'The audit trail is read by people.')
  return holder
}
