import normalCdf from '@stdlib/stats-base-dists-normal-cdf'
import tCdf from '@stdlib/stats-base-dists-t-cdf'
import { cochranArmitage } from '../statistics/cochran-armitage.ts'
import { mannKendall } from '../statistics/mann-kendall.ts'
import { newcombeDifference } from '../statistics/newcombe.ts'
import { overdispersion } from '../statistics/overdispersion.ts'
import { wilsonInterval } from '../statistics/wilson.ts'
import { monthDispersion } from './month-dispersion.ts'
import { judgeMonths, type WarningSign } from './warning-sign.ts'

/** One closed month of one type. */
export interface CsatAiMonth {
  /** YYYY-MM */
  month: string
  /** Answers of AI-participated contacts on one scale, and the satisfied ones among them. */
  satisfied: number
  answers: number
  /** Contacts in which the AI took part, and all contacts. */
  aiContacts: number
  contacts: number
}

interface MonthRate {
  month: string
  numerator: number
  denominator: number
  rate: number
  /** 95 % interval; as wide as 0..1 without a case. */
  lower: number
  upper: number
}

export interface CsatDownAiUp {
  /** First and last month of the months looked at: satisfied answers, and contacts with AI. */
  firstCsat: MonthRate
  lastCsat: MonthRate
  firstAi: MonthRate
  lastAi: MonthRate
  monthCount: number
  /** Fitted fall of the satisfied share over the months, 0.05 is five points. */
  fall: number
  /** Cochran-Armitage z, divided by how much more months vary than independent answers would. */
  z: number
  /** One-sided, of "CSAT does not fall". */
  pValue: number
  dispersion: number
  /** Whether the AI's share of contacts grew, beyond chance. */
  isAiGrowing: boolean
}

/** methods.md section 3: half a year. A slow slide shows over a year only, so both are looked at. */
const spans = [6, 12] as const
const leastMonths = 4
/** Months from which is learned how much they vary. */
const dispersionMonths = 24
/** Answers in the first and in the last month. */
const leastAnswers = 30
/**
 * One-sided level of one look. At 5 % (z -1.645) twelve looks a year raise a false alarm in about two
 * years of five where the AI grows and CSAT stands still. Found by `npm run bench -- warnings`.
 */
const level = 0.005
/** A fitted fall smaller than this is not worth a warning, however sure it is. */
const leastFall = 0.02
const leastShareGrowth = 0.05
const growthLevel = 0.05
/** One-sided level at which the share of the last month has to lie over that of the first. */
const shareLevel = 0.001

/**
 * "CSAT falls while the AI does more", the combined alarm of methods.md section 3: Cochran-Armitage on the satisfied
 * share and a fitted fall of two points, while the AI's share of contacts rises (Mann-Kendall at 5 % or five points, and
 * beyond chance from the first month to the last). Looks at the last six months and, where nothing shows, at the last twelve; never fewer than four.
 * Months without an answer keep their place in time. Whether counts are of one mix of
 * channels is the caller's choice (`csatAtOneMix`).
 */
export function csatDownAiUp(months: readonly CsatAiMonth[]): WarningSign<CsatDownAiUp> {
  return judgeMonths(months, (until) => {
    const spanned = spans
      .filter((span, index) => index === 0 || until.length > (spans[index - 1] ?? span))
      .flatMap((span) => judgeSpan(until.slice(-span), until.slice(-dispersionMonths)) ?? [])
    return spanned.find(({ isFired }) => isFired) ?? spanned[0] ?? null
  })
}

function judgeSpan(
  months: readonly CsatAiMonth[],
  known: readonly CsatAiMonth[],
): { isFired: boolean; evidence: CsatDownAiUp } | null {
  const [first, last] = [months[0], months.at(-1)]
  if (first === undefined || last === undefined || months.length < leastMonths) return null
  if (Math.min(first.answers, last.answers) < leastAnswers) return null
  const trend = cochranArmitage(months.map(countsOf))
  if (trend === null) return null
  const { dispersion, degrees } = dispersionOf(known)
  const z = trend.z / Math.sqrt(dispersion)
  // A dispersion above 1 is an estimate from few months: Student's t, as for an estimated variance.
  const pValue = dispersion > 1 ? tCdf(z, degrees) : normalCdf(z, 0, 1)
  const fall = -trend.slope * (months.length - 1)
  const isAiGrowing = isGrowing(months, first, last)
  return {
    isFired: pValue <= level && fall >= leastFall && isAiGrowing,
    evidence: {
      firstCsat: rateOf(first.month, first.satisfied, first.answers),
      lastCsat: rateOf(last.month, last.satisfied, last.answers),
      firstAi: rateOf(first.month, first.aiContacts, first.contacts),
      lastAi: rateOf(last.month, last.aiContacts, last.contacts),
      monthCount: months.length,
      fall,
      z,
      pValue,
      dispersion,
      isAiGrowing,
    },
  }
}

const countsOf = ({ satisfied, answers }: CsatAiMonth) => ({ k: satisfied, n: answers })

/** How many times more months stray from their own trend than independent answers would, at least 1. */
function dispersionOf(months: readonly CsatAiMonth[]): { dispersion: number; degrees: number } {
  const answered = months.filter(({ answers }) => answers > 0).map(countsOf)
  const degrees = Math.max(1, answered.length - 2)
  const trend = cochranArmitage(answered)?.z ?? 0
  const { chiSquare } = overdispersion(answered)
  return { dispersion: Math.max(1, ((chiSquare ?? 0) - trend ** 2) / degrees), degrees }
}

function isGrowing(months: readonly CsatAiMonth[], first: CsatAiMonth, last: CsatAiMonth): boolean {
  if (months.some(({ contacts }) => contacts === 0)) return false
  const shares = months.map(({ month, aiContacts, contacts }) => ({
    month,
    numerator: aiContacts,
    denominator: contacts,
  }))
  const { difference, lower } = newcombeDifference(
    last.aiContacts,
    last.contacts,
    first.aiContacts,
    first.contacts,
    shareLevel,
  )
  if (difference - (difference - lower) * Math.sqrt(monthDispersion(shares)) <= 0) return false
  const trend = mannKendall(shares.map(({ numerator, denominator }) => numerator / denominator))
  return difference >= leastShareGrowth || (trend?.pIncreasing ?? 1) <= growthLevel
}

function rateOf(month: string, numerator: number, denominator: number): MonthRate {
  const rate = denominator === 0 ? 0 : numerator / denominator
  return { month, numerator, denominator, rate, ...wilsonInterval(numerator, denominator) }
}
