import { formatCount } from '#models/format-metric.ts'
import type { ProposalAction, VoteChoice } from '../ledger/ledger-schema.ts'

/** One vote as far as it tells how carefully people look. */
export interface VoteRecord {
  voter: { id: string; name: string }
  vote: VoteChoice
  action: ProposalAction
  /** What was proposed went against the recommendation. */
  isOverride: boolean
  signedAt: Date
  /** From the first opening of the type to the signature; null where the opening was not recorded. */
  secondsToVote: number | null
}

/** How somebody, or the whole room, votes. */
export interface FatigueSign {
  voteCount: number
  /** Votes that went against the recommendation: a rejection of what it says, an approval of what it does not. */
  againstCount: number
  /** null without votes. */
  againstShare: number | null
  timedCount: number
  /** null while no vote was timed. */
  medianSeconds: number | null
  /** Sentences; empty where nothing points to tired eyes, or too little is known. */
  signs: readonly string[]
}

/** Under so many votes nothing is said of anybody. */
const fewestVotes = 20
/** Machines are wrong more often than this; people who never disagree with them do not look (automation bias). */
const lowestAgainstShare = 0.02
/** The gates of a type, its failed contacts and a reason take longer to read. */
const shortestMedianSeconds = 60

/** Judges the votes of one person or of all: near-zero disagreement or too short looks are signs of automation bias. Pure. */
export function oversightFatigue(votes: readonly VoteRecord[]): FatigueSign {
  const againstCount = votes.filter(isAgainst).length
  const times = votes.flatMap(({ secondsToVote }) => secondsToVote ?? []).sort((a, b) => a - b)
  const medianSeconds = median(times)
  const againstShare = votes.length === 0 ? null : againstCount / votes.length
  const signs: string[] = []
  if (againstShare !== null && votes.length >= fewestVotes && againstShare < lowestAgainstShare) {
    const often = againstCount === 0 ? 'None' : formatCount(againstCount)
    signs.push(`${often} of ${formatCount(votes.length)} votes went against the recommendation.`)
  }
  if (medianSeconds !== null && times.length >= fewestVotes && medianSeconds < shortestMedianSeconds) {
    signs.push(
      `Half of ${formatCount(times.length)} votes took at most ${Math.round(medianSeconds)} seconds from opening the type.`,
    )
  }
  return { voteCount: votes.length, againstCount, againstShare, timedCount: times.length, medianSeconds, signs }
}

function isAgainst({ vote, isOverride }: VoteRecord): boolean {
  return (vote === 'reject' && !isOverride) || (vote === 'approve' && isOverride)
}

function median(sorted: readonly number[]): number | null {
  const low = sorted[Math.floor((sorted.length - 1) / 2)]
  const high = sorted[Math.ceil((sorted.length - 1) / 2)]
  return low === undefined || high === undefined ? null : (low + high) / 2
}
