import { defaultPolicy } from './default-policy.ts'
import type { Policy } from './policy.ts'

type Missing = Policy['missingGates'][number]

/** Parts that a policy may have or not, with what is said to be missing while it has not. */
const parts: readonly { isMissingIn: (policy: Policy) => boolean; names: (missing: Missing) => boolean }[] = [
  {
    isMissingIn: ({ gates }) => gates.G6 === undefined,
    names: ({ gate, what }) => gate === 'G6' && what.startsWith('Deterioration'),
  },
  {
    isMissingIn: ({ evidenceLapse }) => evidenceLapse === undefined,
    names: ({ what }) => what.startsWith('Lapse of evidence'),
  },
  {
    isMissingIn: ({ gates }) => gates.G3.isMixStandardised !== true,
    names: ({ gate, what }) => gate === 'G3' && what.startsWith('Standardisation'),
  },
  {
    isMissingIn: ({ gates }) => gates.G4.isOverdispersionAdjusted !== true,
    names: ({ gate, what }) => gate === 'G4' && what.startsWith('Overdispersion'),
  },
  {
    isMissingIn: ({ gates }) => gates.G5.isOverdispersionAdjusted !== true,
    names: ({ gate, what }) => gate === 'G5' && what.startsWith('Overdispersion'),
  },
  {
    isMissingIn: ({ gates }) => gates.G7.agreement === undefined,
    names: ({ what }) => what.startsWith('Reviewer agreement'),
  },
  {
    isMissingIn: ({ segments }) => segments === undefined,
    names: ({ what }) => what.startsWith('Declared segments'),
  },
]

/** What the deterioration gate leaves out where CSAT is compared as counted. */
const beyondG6: Missing = { gate: 'G6', what: 'Standardisation of the combined alarm to a fixed mix of channels' }
const isBeyondG6 = ({ gate, what }: Missing) => gate === beyondG6.gate && what === beyondG6.what

/**
 * The same policy, naming as missing what it leaves out and nothing that it has, so that nobody takes the silence of a
 * part that was switched off for a pass. Other entries stay. Pure.
 */
export function nameMissing(policy: Policy): Policy {
  const kept = policy.missingGates.filter(
    (missing) => !isBeyondG6(missing) && !parts.some(({ names }) => names(missing)),
  )
  const left = defaultPolicy.missingGates.filter((missing) =>
    parts.some(({ names, isMissingIn }) => names(missing) && isMissingIn(policy)),
  )
  const { G3, G6 } = policy.gates
  const more = G6 === undefined || G3.isMixStandardised === true ? [] : [beyondG6]
  // In the order of the first policy, then what is added: the same policy always reads, and hashes, the same.
  const order = (missing: Missing) => {
    const known = defaultPolicy.missingGates.findIndex(({ what }) => what === missing.what)
    return known === -1 ? defaultPolicy.missingGates.length : known
  }
  return { ...policy, missingGates: [...kept, ...left, ...more].sort((a, b) => order(a) - order(b)) }
}
