import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'

/** What version 1 named as missing and version 2 has. */
const built = (missing: Policy['missingGates'][number]) =>
  missing.gate === 'G6' ||
  missing.what.startsWith('Standardisation') ||
  missing.what.startsWith('Lapse of evidence') ||
  missing.what.startsWith('Overdispersion') ||
  missing.what.startsWith('Reviewer agreement') ||
  missing.what.startsWith('Declared segments')

/** Nothing reads the signing window; see the schema. */
const { signingWindowMinutes: _unread, ...first } = defaultPolicy

/**
 * Policy version 2: version 1 with the deterioration gate and the harm e-value, the lapse of evidence, reviewers who agree,
 * CSAT at one mix of channels, bounds that know of bursts, segments judged on their own, and trip-wires on every expansion. Ledgers begin with version 1; this one is proposed, back-tested and approved like any other change.
 */
export const recommendedPolicy: Policy = {
  ...first,
  version: 2,
  name: 'Default policy with deterioration signals and trip-wires',
  gates: {
    ...defaultPolicy.gates,
    G3: { ...defaultPolicy.gates.G3, isMixStandardised: true },
    G4: { ...defaultPolicy.gates.G4, isOverdispersionAdjusted: true },
    G5: { ...defaultPolicy.gates.G5, isOverdispersionAdjusted: true },
    G6: { openMonths: 3, minimumHarmEValue: 20 },
    G7: { ...defaultPolicy.gates.G7, agreement: { minimumAc1: 0.8, minimumPositive: 0.6, minimumPairs: 40 } },
  },
  evidenceLapse: { months: 3 },
  segments: [
    { name: 'vip', ceiling: 'human_in_the_loop', blocksExpansion: true },
    { name: 'distressed', ceiling: 'human_in_the_loop', blocksExpansion: true },
    { name: 'trust_recovery', ceiling: 'human_in_the_loop', blocksExpansion: true },
  ],
  dueDays: 14,
  tripWires: [
    { metric: 'critical_defects', threshold: 0 },
    { metric: 'harm_e_value', threshold: 20 },
  ],
  missingGates: defaultPolicy.missingGates.filter((missing) => !built(missing)),
}
