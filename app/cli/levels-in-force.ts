import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { Home } from '../home.ts'
import { hasLedger, openHomeLedger } from '../open-home-ledger.ts'

/** The levels that the ledger of this home holds, as the models take them. None before there is a ledger. */
export async function levelsInForce(home: Home): Promise<LevelsInForceTable[]> {
  if (!hasLedger(home)) return []
  const ledger = await openHomeLedger(home)
  try {
    return await listLevelsInForce(ledger)
  } finally {
    await ledger.close()
  }
}
