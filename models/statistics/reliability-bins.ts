import { OversightError } from '../oversight-error.ts'
import { checkInteger, checkShare } from './check-arguments.ts'

/** One answer with the confidence that was stated for it and whether it was right. */
export interface JudgedAnswer {
  /** 0..1 */
  readonly confidence: number
  readonly isCorrect: boolean
  /** How many answers it stands for: the inverse of its chance to be reviewed. 1 where left out. */
  readonly weight?: number
}

export interface ReliabilityBin {
  /** The bin holds confidences in (from, to], the first one also its lower end. */
  readonly from: number
  readonly to: number
  readonly n: number
  /** Sum of the weights. */
  readonly weight: number
  /** How many equally weighted answers tell as much (Kish): (sum w)^2 / sum w^2; n where weights are equal. */
  readonly effectiveSize: number
  /** Weighted means, null in an empty bin. */
  readonly meanConfidence: number | null
  readonly accuracy: number | null
  /** accuracy - meanConfidence: below 0 the AI is surer than it is right. */
  readonly gap: number | null
}

export type BinScheme =
  | 'equal_width' // the same breadth: comparable between types and with published figures
  | 'equal_mass' // the same number of answers: no bin of one

const MINIMUM_PER_BIN = 30

/**
 * Groups judged answers by stated confidence.
 *
 * Formula: bins (a, b] between 0 and 1; equal mass cuts halfway between the confidences of neighbouring ranks and takes fewer bins where fewer than 30 answers would fall in each. Source:
 * methods.md 6; Roelofs et al., arXiv 2012.08668.
 *
 * Equal confidences are never torn apart, so equal-mass bins may be uneven or empty. No answer gives no bin with
 * answers. Throws OversightError `internal` on a confidence outside 0..1 or a weight that is not above 0.
 */
export function reliabilityBins(answers: readonly JudgedAnswer[], scheme: BinScheme, binCount = 10): ReliabilityBin[] {
  checkAnswers(answers, 'reliabilityBins')
  checkInteger(binCount, 1, 'binCount', 'reliabilityBins')
  const edges = binEdges(answers, scheme, binCount)
  const grouped: JudgedAnswer[][] = edges.slice(1).map(() => [])
  for (const answer of answers) grouped[binOf(answer.confidence, edges)]?.push(answer)
  return grouped.map((members, index) => summary(members, edges[index] ?? 0, edges[index + 1] ?? 1))
}

/** The ends of the bins, 0 first and 1 last. */
export function binEdges(answers: readonly JudgedAnswer[], scheme: BinScheme, binCount: number): number[] {
  if (scheme === 'equal_width') return Array.from({ length: binCount + 1 }, (_, index) => index / binCount)
  const sorted = answers.map(({ confidence }) => confidence).sort((left, right) => left - right)
  const count = Math.max(1, Math.min(binCount, Math.floor(sorted.length / MINIMUM_PER_BIN)))
  const inner = Array.from({ length: count - 1 }, (_, index) => {
    const rank = Math.round((sorted.length * (index + 1)) / count)
    return ((sorted[rank - 1] ?? 0) + (sorted[rank] ?? 1)) / 2
  })
  return [0, ...inner, 1]
}

/** The bin of a confidence: the first whose upper end is not below it. */
export function binOf(confidence: number, edges: readonly number[]): number {
  const found = edges.findIndex((edge, index) => index > 0 && confidence <= edge)
  return Math.max(1, found) - 1
}

/** Refuses confidences outside 0..1 and weights that are not above 0. `where` names the caller. */
export function checkAnswers(answers: readonly JudgedAnswer[], where: string): void {
  for (const { confidence, weight = 1 } of answers) {
    checkShare(confidence, 'confidence', where)
    if (!(weight > 0 && Number.isFinite(weight))) {
      throw new OversightError('internal', `${where} needs weights above 0, got ${weight}.`)
    }
  }
}

function summary(members: readonly JudgedAnswer[], from: number, to: number): ReliabilityBin {
  let weight = 0
  let squares = 0
  let confidence = 0
  let correct = 0
  for (const member of members) {
    const own = member.weight ?? 1
    weight += own
    squares += own ** 2
    confidence += own * member.confidence
    if (member.isCorrect) correct += own
  }
  if (members.length === 0) {
    return { from, to, n: 0, weight: 0, effectiveSize: 0, meanConfidence: null, accuracy: null, gap: null }
  }
  const accuracy = correct / weight
  const meanConfidence = confidence / weight
  const effectiveSize = weight ** 2 / squares
  return {
    from,
    to,
    n: members.length,
    weight,
    effectiveSize,
    meanConfidence,
    accuracy,
    gap: accuracy - meanConfidence,
  }
}
