import { findReceipt } from '#governance/audit/find-receipt.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded, trailReaders } from '../access.server.ts'
import { refuseHiddenVote } from '../audit-votes.server.ts'
import { ledger } from '../ledger.server.ts'

/** The receipt of one event as a file: a proof that it is in the signed trail, to be checked offline. */
export const loader = guarded(trailReaders, async ({ params, user }) => {
  const text = params.seq ?? ''
  if (!/^\d{1,15}$/.test(text)) throw new OversightError('not_found', `"${text}" is not the number of an event.`)
  await refuseHiddenVote(Number(text), user)
  const receipt = await findReceipt(await ledger(), Number(text))
  return new Response(receipt, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Content-Disposition': `attachment; filename="oversight-event-${text}.tlog-proof"`,
    },
  })
})
