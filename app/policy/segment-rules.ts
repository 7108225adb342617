import { segmentWords } from '#governance/evaluate/segment-words.ts'
import { formatConfidence } from '#governance/evaluate/sentences.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { levelWords } from '../components/level-glyph.tsx'

/** What a policy asks for a group of customers, in plain words. */
interface SegmentRule {
  segment: string
  /** Most autonomy for its contacts. */
  ceiling: string
  effect: string
}

export interface SegmentRules {
  rules: readonly SegmentRule[]
  /** How a failing one is shown. */
  proof: string
}

/** Every segment that the policy declares, in its order; null where it declares none. */
export function segmentRules({ segments, gates }: Policy): SegmentRules | null {
  if (segments === undefined) return null
  const sure = formatConfidence(gates.G1.alphaFail / segments.length)
  return {
    proof: `A segment fails when the lower bound of the error rate of its random reviews lies over the limit of the type, ${sure} sure. That never reduces, and too few reviews never block.`,
    rules: segments.map(({ name, ceiling, blocksExpansion }) => ({
      segment: `${segmentWords[name].charAt(0).toUpperCase()}${segmentWords[name].slice(1)}`,
      ceiling: levelWords[ceiling],
      effect: blocksExpansion ? 'stops an expansion' : 'is shown only',
    })),
  }
}
