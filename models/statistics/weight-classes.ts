import type { JudgedAnswer } from './reliability-bins.ts'

export interface WeightClass {
  /** Mean weight of its answers. */
  readonly weight: number
  readonly answers: readonly JudgedAnswer[]
}

/** Weights that differ by less than this many times count as one: the months of a stratum are never sampled quite alike. */
const spread = 1.5

/**
 * Answers that were reviewed at about the same rate, as strata. One class where all weights are alike.
 *
 * Formula: in order of their weights, a class holds what is under 1.5 times its least weight. Source: the rule of
 * methods.md 2.2 for pooling strata. Weights in answers that each stands for, 1 where left out.
 */
export function weightClasses(answers: readonly JudgedAnswer[]): WeightClass[] {
  const sorted = [...answers].sort((left, right) => (left.weight ?? 1) - (right.weight ?? 1))
  const classes: JudgedAnswer[][] = []
  for (const answer of sorted) {
    const current = classes.at(-1)
    const least = current?.[0]?.weight ?? 1
    if (current !== undefined && (answer.weight ?? 1) < spread * least) current.push(answer)
    else classes.push([answer])
  }
  return classes.map((members) => ({
    weight: members.reduce((sum, { weight = 1 }) => sum + weight, 0) / members.length,
    answers: members,
  }))
}
