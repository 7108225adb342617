import { ceilingsOf } from '#governance/registry/list-registered-types.ts'
import { listDecisionRecords } from '#governance/review/list-decision-records.ts'
import { type RegisteredDecision, registerDecisions } from './decisions/decision-register.ts'
import { ledger } from './ledger.server.ts'

/** The whole register of decisions as it stands now, newest first. */
export async function getDecisionRegister(now = new Date()): Promise<RegisteredDecision[]> {
  const open = await ledger()
  return registerDecisions(await listDecisionRecords(open), now, await ceilingsOf(open))
}
