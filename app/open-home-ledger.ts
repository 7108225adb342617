import { existsSync } from 'node:fs'
import type { Clock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { Home } from './home.ts'

type Place = Pick<Home, 'ledgerFile' | 'keysDirectory'>

/** Opens the ledger of a home: PostgreSQL where OVERSIGHT_LEDGER_URL names one, else the file beside the data. */
export async function openHomeLedger(home: Place, clock?: Clock): Promise<Ledger> {
  const { openLedger } = await import('#governance/ledger/open-ledger.ts')
  return openLedger(ledgerUrl() ?? home.ledgerFile, {
    keysDirectory: home.keysDirectory,
    ...(clock === undefined ? {} : { clock }),
  })
}

/** Whether there is one to open; the file is made only when something is to be kept in it. */
export function hasLedger(home: Place): boolean {
  return ledgerUrl() !== undefined || existsSync(home.ledgerFile)
}

/** OVERSIGHT_LEDGER_URL; undefined where the ledger is a file. Throws bad_input when it is no PostgreSQL address. */
export function ledgerUrl(): string | undefined {
  return postgresUrl('OVERSIGHT_LEDGER_URL')
}

/** The address in a variable of the environment; undefined when it is not set. Throws bad_input, never showing it. */
export function postgresUrl(variable: 'OVERSIGHT_LEDGER_URL' | 'OVERSIGHT_LEDGER_OWNER_URL'): string | undefined {
  const value = process.env[variable]
  if (value === undefined || value === '') return undefined
  if (/^postgres(ql)?:\/\//.test(value)) return value
  throw new OversightError(
    'bad_input',
    `${variable} has the form postgresql://user:password@host:5432/database. Leave it out to keep the ledger in a file.`,
  )
}
