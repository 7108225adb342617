import type { GateResult, Verdict } from '#governance/evaluate/evaluation.ts'

/** Gates of one verdict, by name. */
export interface GateGroup {
  verdict: Verdict
  gates: readonly GateResult[]
}

const verdicts: readonly Verdict[] = ['fail', 'inconclusive', 'pass']

/** What fails first, then what is not known, then what is fine. */
export function groupGates(gates: readonly GateResult[]): GateGroup[] {
  return verdicts
    .map((verdict) => ({ verdict, gates: gates.filter((gate) => gate.verdict === verdict) }))
    .filter((group) => group.gates.length > 0)
}
