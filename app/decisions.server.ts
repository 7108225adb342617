import { listDecisionRecords } from '#governance/review/list-decision-records.ts'
import { type RegisteredDecision, registerDecisions } from './decisions/decision-register.ts'
import { ledger } from './ledger.server.ts'

/** The whole register of decisions as it stands now, newest first. */
export async function getDecisionRegister(now = new Date()): Promise<RegisteredDecision[]> {
  return registerDecisions(await listDecisionRecords(await ledger()), now)
}
