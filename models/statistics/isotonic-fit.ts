import { checkAnswers, type JudgedAnswer } from './reliability-bins.ts'

/** A step of the fit: from this confidence on, up to the next step's, the chance to be right is `share`. */
export interface IsotonicStep {
  readonly confidence: number
  readonly share: number
}

/**
 * The chance to be right as a rising function of the stated confidence: what confidence means in earnest. Fit it on past
 * months and judge it on the current one.
 *
 * Formula: pool adjacent violators, weighted least squares; equal confidences are one point. Source: Ayer et al. 1955;
 * Zadrozny & Elkan 2002.
 *
 * One step for each distinct confidence, rising. Throws OversightError `internal` on impossible answers.
 */
export function isotonicFit(answers: readonly JudgedAnswer[]): IsotonicStep[] {
  checkAnswers(answers, 'isotonicFit')
  const points = new Map<number, { weight: number; correct: number }>()
  for (const { confidence, isCorrect, weight = 1 } of answers) {
    const point = points.get(confidence) ?? { weight: 0, correct: 0 }
    point.weight += weight
    if (isCorrect) point.correct += weight
    points.set(confidence, point)
  }
  const blocks: { confidences: number[]; weight: number; correct: number }[] = []
  for (const [confidence, point] of [...points].sort(([left], [right]) => left - right)) {
    let block = { confidences: [confidence], ...point }
    // A block that lies lower than the one before it violates the order: the two become one.
    for (let previous = blocks.at(-1); previous !== undefined; previous = blocks.at(-1)) {
      if (previous.correct / previous.weight < block.correct / block.weight) break
      blocks.pop()
      block = {
        confidences: [...previous.confidences, ...block.confidences],
        weight: previous.weight + block.weight,
        correct: previous.correct + block.correct,
      }
    }
    blocks.push(block)
  }
  return blocks.flatMap(({ confidences, weight, correct }) =>
    confidences.map((confidence) => ({ confidence, share: correct / weight })),
  )
}
