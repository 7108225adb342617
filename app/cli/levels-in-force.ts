import { existsSync } from 'node:fs'
import { openLedger } from '#governance/ledger/open-ledger.ts'
import { listLevelsInForce } from '#governance/levels/list-levels-in-force.ts'
import type { LevelsInForceTable } from '#models/warehouse/warehouse-schema.ts'
import type { Home } from '../home.ts'

/** The levels that the ledger of this home holds, as the models take them. None before there is a ledger. */
export async function levelsInForce(home: Home): Promise<LevelsInForceTable[]> {
  if (!existsSync(home.ledgerFile)) return []
  const ledger = await openLedger(home.ledgerFile, { keysDirectory: home.keysDirectory })
  try {
    return await listLevelsInForce(ledger)
  } finally {
    await ledger.close()
  }
}
