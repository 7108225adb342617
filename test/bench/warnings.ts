import { seededRandom } from '#models/statistics/seeded-random.ts'
import { type CsatAiMonth, csatDownAiUp } from '#models/warning-signs/csat-down-ai-up.ts'
import { errorRateUnknown, type ReviewedMonth } from '#models/warning-signs/error-rate-unknown.ts'
import { repeatContactUp } from '#models/warning-signs/repeat-contact-up.ts'
import { type ReviewMonth, reviewsSkippedOrLate } from '#models/warning-signs/reviews-skipped-or-late.ts'
import { unexpectedEscalationUp } from '#models/warning-signs/unexpected-escalation-up.ts'
import { falseAlarmsPerTypeYear, type MonthCount, type WarningSign } from '#models/warning-signs/warning-sign.ts'
import { drawBinomial, drawNormal } from '../build/random-counts.ts'
import type { Bench, MeasuredLimit } from './limit.ts'

const looksPerYear = 12
/** A known type has a year behind it; a new one is looked at from its first month on. */
const pasts = { known: 12, new: 0 } as const
const monthlyContacts = [60, 300, 3000, 20_000] as const
/** Standard deviation of a month's true share, as a part of the share. */
const spreads = { independent: 0, overdispersed: 0.15 } as const
const windowMonths = 3
const yardstick = 0.9
/** A planted change has to be found within these looks. */
const looksToFind = 6

type Random = () => number

/** A detector with worlds in which nothing changes, and worlds in which something does. */
interface Trial {
  name: string
  /** Makes the months of one simulated type, oldest first; `change` grows from 0 to 1 once the past is over. */
  steady: Record<string, readonly Simulated[]>
  planted: Record<string, Simulated>
}

/** Looks at a fresh series once for each month of the year: at which looks does the detector fire? */
type Simulated = (past: number, random: Random) => boolean[]

/**
 * How often each warning sign is raised in years of a type in which nothing changes (twelve monthly looks; worst of
 * several volumes and rates), and how often a planted change is found within half a year. The detectors are the real ones.
 */
export const bench: Bench = {
  defaults: { years: '1000', seed: '1' },
  async run(options) {
    const years = readCount(options.years, 'years')
    const seed = readCount(options.seed, 'seed')
    return trials.flatMap((trial, index) => measure(trial, years, seededRandom(1000 * seed + index)))
  },
}

function measure({ name, steady, planted }: Trial, years: number, random: Random): MeasuredLimit[] {
  const falseAlarms = Object.entries(steady).flatMap(([world, simulated]) =>
    Object.entries(pasts).map(([past, months]) => ({
      name: `${name}.false_alarms_a_year.${world}.${past}_type`,
      value: Math.max(...simulated.map((one) => shareOfYears(one, months, years, random, looksPerYear))),
      limit: falseAlarmsPerTypeYear,
      side: 'at-most' as const,
    })),
  )
  const power = Object.entries(planted).map(([change, simulated]) => ({
    name: `${name}.found_within_${looksToFind}_months.${change}`,
    value: shareOfYears(simulated, pasts.known, years, random, looksToFind),
    limit: 0.8,
    side: 'at-least' as const,
  }))
  return [...falseAlarms, ...power]
}

function shareOfYears(simulated: Simulated, past: number, years: number, random: Random, looks: number): number {
  let raised = 0
  for (let year = 0; year < years; year += 1) {
    if (simulated(past, random).slice(0, looks).includes(true)) raised += 1
  }
  return raised / years
}

/** The months of the past and of the year, and which of the year's looks fire. */
function looksAt<Month>(
  past: number,
  month: (index: number) => Month,
  detect: (months: readonly Month[]) => WarningSign<unknown>,
): boolean[] {
  const months = Array.from({ length: past + looksPerYear }, (_, index) => month(index - past))
  return Array.from({ length: looksPerYear }, (_, look) => detect(months.slice(0, past + look + 1)).isFired)
}

const at = (index: number) => `month ${index}`

/** A share of contacts in which each month's true share strays around `share`, moved by `rise` from the year's first month. */
function rate(
  detect: (months: readonly MonthCount[]) => WarningSign<unknown>,
  world: { contacts: number; share: number; spread: number; rise?: number },
): Simulated {
  return (past, random) =>
    looksAt(
      past,
      (index) => {
        const share = straying(world.share + (index < 0 ? 0 : (world.rise ?? 0)), world.spread, random)
        return { month: at(index), numerator: drawBinomial(world.contacts, share, random), denominator: world.contacts }
      },
      detect,
    )
}

/** CSAT and the AI's share: each steady unless it is given a change a month. */
function csat(world: {
  contacts: number
  spread: number
  satisfied: number
  fallAMonth?: number
  aiRiseAMonth?: number
}): Simulated {
  return (past, random) =>
    looksAt<CsatAiMonth>(
      past,
      (index) => {
        const change = (a: number | undefined, begins: number) => (a ?? 0) * Math.max(0, index - begins)
        const share = Math.min(0.95, straying(0.4 + change(world.aiRiseAMonth, -past), world.spread, random))
        const aiContacts = drawBinomial(world.contacts, share, random)
        const answers = drawBinomial(aiContacts, 0.3, random)
        const satisfied = straying(world.satisfied - change(world.fallAMonth, -1), world.spread / 5, random)
        return {
          month: at(index),
          satisfied: drawBinomial(answers, satisfied, random),
          answers,
          aiContacts,
          contacts: world.contacts,
        }
      },
      csatDownAiUp,
    )
}

/** Reviews done and done in time, at the same rate. */
function reviews(world: { drawn: number; share: number; spread: number; drop?: number }): Simulated {
  return (past, random) =>
    looksAt<ReviewMonth>(
      past,
      (index) => {
        const share = straying(world.share - (index < 0 ? 0 : (world.drop ?? 0)), world.spread, random)
        return {
          month: at(index),
          drawn: world.drawn,
          completed: drawBinomial(world.drawn, share, random),
          due: world.drawn,
          onTime: drawBinomial(world.drawn, share, random),
        }
      },
      (months) => reviewsSkippedOrLate(months, yardstick),
    )
}

/** Reviews of a type with a plan, of which a share is done; the plan may be dropped. */
function reviewed(world: { drawn: number; done: number; isDropped?: boolean }): Simulated {
  // A new type is not known before its first window is full, and that is no false alarm.
  return (past, random) =>
    looksAt<ReviewedMonth>(
      Math.max(past, windowMonths - 1),
      (index) => ({
        month: at(index),
        aiContacts: 1000,
        reviews: world.isDropped && index >= 0 ? 0 : drawBinomial(world.drawn, world.done, random),
      }),
      (months) => errorRateUnknown(months, windowMonths),
    )
}

function straying(share: number, spread: number, random: Random): number {
  if (spread === 0) return share
  return Math.min(1, Math.max(0, share * (1 + spread * drawNormal(random))))
}

function rateWorlds(
  detect: (months: readonly MonthCount[]) => WarningSign<unknown>,
  shares: readonly number[],
): Trial['steady'] {
  return Object.fromEntries(
    Object.entries(spreads).map(([name, spread]) => [
      name,
      monthlyContacts.flatMap((contacts) => shares.map((share) => rate(detect, { contacts, share, spread }))),
    ]),
  )
}

/** Worlds in which CSAT does not fall, or the AI does not grow: only both together are the sign. */
function csatWorlds(what: string, change: { fallAMonth?: number; aiRiseAMonth?: number }): Trial['steady'] {
  return Object.fromEntries(
    Object.entries(spreads).map(([name, spread]) => [
      `${name}_${what}`,
      [300, 3000, 20_000].flatMap((contacts) =>
        [0.7, 0.9].map((satisfied) => csat({ contacts, spread, satisfied, ...change })),
      ),
    ]),
  )
}

const trials: readonly Trial[] = [
  {
    name: 'csat_down_ai_up',
    steady: {
      ...csatWorlds('steady', {}),
      ...csatWorlds('growing_ai', { aiRiseAMonth: 0.02 }),
      ...csatWorlds('falling_csat', { fallAMonth: 0.02 }),
    },
    planted: {
      '2_points_a_month_of_1000_contacts': csat({
        contacts: 1000,
        spread: 0,
        satisfied: 0.88,
        fallAMonth: 0.02,
        aiRiseAMonth: 0.02,
      }),
    },
  },
  {
    name: 'repeat_contact_up',
    steady: rateWorlds(repeatContactUp, [0.03, 0.06, 0.15]),
    planted: {
      '6_to_10_percent_of_300_contacts': rate(repeatContactUp, { contacts: 300, share: 0.06, spread: 0, rise: 0.04 }),
    },
  },
  {
    name: 'unexpected_escalation_up',
    steady: rateWorlds(unexpectedEscalationUp, [0.005, 0.02, 0.1]),
    planted: {
      '2_to_5_percent_of_300_contacts': rate(unexpectedEscalationUp, {
        contacts: 300,
        share: 0.02,
        spread: 0,
        rise: 0.03,
      }),
    },
  },
  {
    name: 'reviews_skipped_or_late',
    steady: {
      at_the_yardstick: [8, 30, 100, 400].map((drawn) => reviews({ drawn, share: yardstick, spread: 0 })),
      overdispersed_95_percent: [8, 30, 100, 400].map((drawn) => reviews({ drawn, share: 0.95, spread: 0.03 })),
    },
    planted: { '95_to_75_percent_of_60_reviews': reviews({ drawn: 60, share: 0.95, spread: 0, drop: 0.2 }) },
  },
  {
    name: 'error_rate_unknown',
    steady: { reviewed_as_planned: [15, 60].map((drawn) => reviewed({ drawn, done: 0.95 })) },
    planted: { reviews_stop: reviewed({ drawn: 60, done: 0.95, isDropped: true }) },
  },
]

function readCount(text: string | undefined, name: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`--${name} must be a whole number above 0, not ${text}`)
  }
  return value
}
