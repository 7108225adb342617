import { addMonths, type Month, monthEnd, monthStart, monthsEndingWith } from '#models/reporting-month.ts'
import { type Course, type TypeStory, typeStories } from './stories.ts'

export interface SampleSize {
  until: Month
  months: number
  /** Contacts wanted altogether; the sample comes within one percent. */
  interactions: number
}

/** One type in one month with every number that the generator needs. Grain: type x month. */
export interface PlannedMonth {
  story: TypeStory
  month: Month
  /** Seconds since 1970 of the month's first instant and of its end. Demonstration months are UTC. */
  startsAt: number
  endsAt: number
  /** Issues that begin in the month; each may bring further contacts. */
  issueCount: number
  /** Issues are numbered from here. Apart from the calendar: the same seed tells the same story in any year. */
  firstIssue: number
  /** The story's courses at this month. */
  at: (course: Course) => number
}

/** How busy the calendar months are, January first. Narrow, so that a type's minimum volume holds all year. */
const seasons = [1.03, 0.98, 0.99, 1.0, 0.99, 0.98, 0.97, 0.96, 0.99, 1.01, 1.05, 1.07] as const

/** Value of a course at a share of the period. Steps (begins = ends) take the new value from that share on. */
export function courseAt(course: Course, share: number): number {
  if (typeof course === 'number') return course
  if (share >= course.ends) return course.to
  if (share <= course.begins) return course.from
  return course.from + ((course.to - course.from) * (share - course.begins)) / (course.ends - course.begins)
}

/** First instant of the month in which a share of the period lies. */
export function instantAt(share: number, size: SampleSize): Date {
  const index = Math.min(size.months - 1, Math.floor(share * size.months + 1e-9))
  return monthStart(addMonths(size.until, index - size.months + 1), 'UTC')
}

/** Contacts that one issue brings on average: one, and up to three repeats. */
export function contactsPerIssue(repeatRate: number): number {
  return 1 + repeatRate + repeatRate ** 2 + repeatRate ** 3
}

/** More than any type ever has in a month, and few enough for exact numbers over 120 months. */
const issueNumbersPerMonth = 2 ** 32

/** Every type in every month. Pure: the same size gives the same plan. */
export function planMonths(size: SampleSize): PlannedMonth[] {
  const scale = size.interactions / plannedContacts(size)
  const planned: PlannedMonth[] = []
  for (const [index, month] of monthsEndingWith(size.until, size.months).entries()) {
    // Ramps that end at 1 arrive in the last month; steps take hold at the first instant of theirs.
    const ramp = index / Math.max(1, size.months - 1)
    const step = index / size.months + 1e-9
    const at = (course: Course) => courseAt(course, isStep(course) ? step : ramp)
    for (const [typeIndex, story] of typeStories.entries()) {
      const issueCount = Math.round((scale * contactsIn(story, month)) / contactsPerIssue(at(story.repeatRate)))
      planned.push({
        story,
        month,
        startsAt: monthStart(month, 'UTC').getTime() / 1000,
        endsAt: monthEnd(month, 'UTC').getTime() / 1000,
        issueCount,
        firstIssue: (index * typeStories.length + typeIndex) * issueNumbersPerMonth,
        at,
      })
    }
  }
  return planned
}

function isStep(course: Course): boolean {
  return typeof course !== 'number' && course.begins === course.ends
}

function contactsIn(story: TypeStory, month: Month): number {
  return story.monthlyContacts * (seasons[Number(month.slice(5)) - 1] ?? 1)
}

function plannedContacts(size: SampleSize): number {
  return monthsEndingWith(size.until, size.months)
    .flatMap((month) => typeStories.map((story) => contactsIn(story, month)))
    .reduce((sum, count) => sum + count, 0)
}
