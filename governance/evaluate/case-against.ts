import type { GateResult, Recommendation, TypeEvaluation } from './evaluation.ts'

/** The evidence that speaks most against a proposal. */
export interface CaseAgainst {
  /** null: a segment that fails on its own. */
  gate: GateResult | null
  /** One sentence that says what it is, then the reason of the gate. */
  sentence: string
}

/**
 * What speaks most against a proposal, so that nobody signs without having met it; null where no gate says anything.
 * Pure. Against expanding: a gate that fails, else a segment that does, else a gate that is open, else the one that
 * passes with the least to spare. Against keeping: a gate that fails speaks for reducing; without one, the gate that
 * passes most clearly speaks for expanding, and on the loop, where only less is possible, the one with the least to
 * spare. Against reducing: the gate that passes most clearly. Gates are compared by the distance between limit and
 * decisive bound in units of the bound's distance from the value, so that those of different units can be: what is said
 * names that uncertainty, as the distances alone may be in another order.
 */
export function caseAgainst(
  action: Recommendation,
  evaluation: Pick<TypeEvaluation, 'gates' | 'level' | 'segments'>,
): CaseAgainst | null {
  const gates = evaluation.gates.filter((gate) => gate.isShadow !== true)
  const first = (verdict: GateResult['verdict']) => gates.find((gate) => gate.verdict === verdict)
  const passing = gates
    .filter((gate) => gate.verdict === 'pass')
    .map((gate) => ({ gate, clearance: clearanceOf(gate) }))
    .filter((each): each is { gate: GateResult; clearance: number } => each.clearance !== null)
    .sort((a, b) => a.clearance - b.clearance)
  const say = (gate: GateResult | undefined, what: string): CaseAgainst | null =>
    gate === undefined ? null : { gate, sentence: `${what}: ${gate.label}. ${gate.reason}` }
  const failing = first('fail')
  if (action === 'expand') {
    if (failing !== undefined) return say(failing, 'Speaks against expanding')
    const segment = evaluation.segments?.find(({ verdict }) => verdict === 'failing')
    if (segment !== undefined) return { gate: null, sentence: `Speaks against expanding: ${segment.reason}` }
    const open = first('inconclusive')
    if (open !== undefined) return say(open, 'Speaks against expanding')
    return say(passing[0]?.gate, 'Least to spare for its uncertainty')
  }
  if (action === 'keep' && failing !== undefined) return say(failing, 'Speaks for reducing')
  if (action === 'keep' && evaluation.level === 'human_on_the_loop') {
    return say(passing[0]?.gate, 'Least to spare for its uncertainty')
  }
  return say(passing.at(-1)?.gate, action === 'keep' ? 'Speaks most for expanding' : 'Speaks most against reducing')
}

function clearanceOf({ value, decisiveBound, limit }: GateResult): number | null {
  // Only gates that a bound decides: three of three months leave nothing to spare, and nothing to fear.
  if (limit === null || value === null || decisiveBound === null) return null
  const unit = Math.abs(decisiveBound - value) || Math.abs(limit) || 1
  return Math.abs(limit - decisiveBound) / unit
}
