import type { GateResult } from '#governance/evaluate/evaluation.ts'
import type { FactTable } from '../exports/fact-table.ts'

/** Every gate with its numbers as they are. */
export function gateFacts(gates: readonly GateResult[]): FactTable {
  return {
    columns: [
      ...['gate', 'label', 'verdict', 'value', 'lower', 'upper', 'decisive_bound', 'decisive_side', 'limit', 'unit'],
      ...['numerator', 'denominator', 'reference_numerator', 'reference_denominator'],
      ...['inconclusive_from', 'inconclusive_to', 'is_shadow', 'reason', 'cure'],
    ],
    rows: gates.map((gate) => [
      ...[gate.gate, gate.label, gate.verdict, gate.value, gate.lower, gate.upper],
      ...[gate.decisiveBound, gate.decisiveSide, gate.limit, gate.unit],
      ...[gate.numerator, gate.denominator, gate.referenceNumerator, gate.referenceDenominator],
      ...[gate.inconclusiveFrom, gate.inconclusiveTo, gate.isShadow === true, gate.reason, gate.cure],
    ]),
  }
}
