import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import { oversightLevels } from '../evaluate/levels.ts'
import type { AutonomyEntry } from './autonomy-entry.ts'

type Metadata = Readonly<Record<string, string | number | boolean>>

interface LevelFlag {
  state: 'ENABLED'
  variants: Readonly<Record<OversightLevel, OversightLevel>>
  defaultVariant: OversightLevel
  /** JsonLogic on the time that the evaluator itself puts into its context, in seconds. */
  targeting?: { if: readonly [{ '>=': readonly [{ var: '$flagd.timestamp' }, number] }, OversightLevel] }
  metadata: Metadata
}

/** A flagd definition, as OpenFeature providers read it from a file, an address or flagd itself. */
export interface FlagDefinition {
  $schema: 'https://flagd.dev/schema/v0/flags.json'
  metadata: Metadata
  flags: Readonly<Record<string, LevelFlag>>
}

const flagPrefix = 'oversight_level.'

/**
 * The levels in force as flags: "oversight_level." and the type, with the level as text. A level that expires has a rule
 * in it that lowers it at that instant, so a file on a machine without network lowers itself. An unknown flag gives the
 * evaluator's default, which callers set to human_as_the_loop. Pure; the same levels give the same text.
 */
export function flagDefinition(entries: readonly AutonomyEntry[]): FlagDefinition {
  return {
    $schema: 'https://flagd.dev/schema/v0/flags.json',
    metadata: { flagSetId: 'oversight-autonomy' },
    flags: Object.fromEntries(entries.map((entry) => [`${flagPrefix}${entry.interactionType}`, flagOf(entry)])),
  }
}

const variants = Object.fromEntries(oversightLevels.map((level) => [level, level])) as LevelFlag['variants']

function flagOf({ level, levelAfter, since, validUntil, decisionId, policyVersion }: AutonomyEntry): LevelFlag {
  const metadata = {
    ...(since === null ? {} : { since: since.toISOString() }),
    ...(validUntil === null ? {} : { validUntil: validUntil.toISOString() }),
    ...(decisionId === null ? {} : { decisionId }),
    ...(policyVersion === null ? {} : { policyVersion }),
  }
  const flag = { state: 'ENABLED', variants, defaultVariant: level, metadata } as const
  if (validUntil === null) return flag
  const seconds = Math.floor(validUntil.getTime() / 1000)
  return { ...flag, targeting: { if: [{ '>=': [{ var: '$flagd.timestamp' }, seconds] }, levelAfter] } }
}
