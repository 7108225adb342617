import { OversightError } from '#models/oversight-error.ts'

interface Step {
  name: string
  sha256: string
}

/** The steps still to be applied. Throws conflict when a ledger holds others than these, or in another order. */
export function missingSteps<Known extends Step>(
  applied: readonly Step[],
  known: readonly Known[],
  where: string,
): readonly Known[] {
  for (const [index, { name, sha256 }] of applied.entries()) {
    if (known[index]?.name !== name || known[index]?.sha256 !== sha256) {
      throw new OversightError(
        'conflict',
        `The ledger ${where} was made by another version of Oversight (schema step ${name}). Update Oversight before you open it.`,
      )
    }
  }
  return known.slice(applied.length)
}
