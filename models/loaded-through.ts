import { monthEnd, monthOf } from './reporting-month.ts'

/** How far the loads of one source reach (docs/decisions/loaded-through.md). */
export interface SourceReach {
  source: string
  /** Keeps delivering: what it has not delivered yet is missing everywhere. */
  isLive: boolean
  /** Until where it is complete: what its loads declared, else their latest event. */
  through: Date
  /** Whether `through` was declared rather than taken from the events. */
  isDeclared: boolean
}

interface Reach {
  /** Nothing is expected any more up to here; finality uses this one. */
  loadedThrough: Date
  /** loadedThrough minus the settling time. */
  matureThrough: Date
}

export interface Watermarks {
  /** Until here events were really seen. Right-censoring uses this one. */
  observedThrough: Date | null
  /** Until here nothing is expected any more; finality uses this one. Never before observedThrough. */
  loadedThrough: Date | null
  /** loadedThrough minus the settling time. */
  matureThrough: Date | null
}

interface ReachContext {
  now: Date
  reportingTimeZone: string
}

const dayMilliseconds = 24 * 60 * 60 * 1000
/** Reviews, surveys and repeat contacts of a contact are in after this time. */
const settlingMilliseconds = 7 * dayMilliseconds
/** A weekend and a night: a live source that is silent for longer has stopped delivering. */
const silentMilliseconds = 3 * dayMilliseconds

/**
 * How far the facts reach, never later than now. Where a source is live, the slowest live source decides and files
 * bound nothing. Among files alone the one that reaches farthest decides finality, with its own settling; events count
 * as seen up to the slowest of those that end within 7 days of it. All null without a source.
 */
export function loadedThrough(reaches: readonly SourceReach[], context: ReachContext): Watermarks {
  if (reaches.length === 0) return { observedThrough: null, loadedThrough: null, matureThrough: null }
  const live = reaches.filter(({ isLive }) => isLive)
  if (live.length > 0) {
    const slowest = first(live, (reach) => seenThrough(reach, context))
    return { observedThrough: new Date(seenThrough(slowest, context)), ...reachOfSource(slowest, context) }
  }
  const latest = Math.max(...reaches.map((reach) => seenThrough(reach, context)))
  const seen = reaches
    .map((reach) => seenThrough(reach, context))
    .filter((time) => time >= latest - settlingMilliseconds)
  // A file that ended and settled says nothing about one that goes on, so only those that reach farthest count.
  const last = reaches.filter((reach) => seenThrough(reach, context) === latest)
  const deciding = first(last, (reach) => -reachOfSource(reach, context).loadedThrough.getTime())
  return { observedThrough: new Date(Math.min(...seen)), ...reachOfSource(deciding, context) }
}

/**
 * How far one source reaches. A live one: as far as it delivered. A file settles 7 days after its end, which is what was
 * declared, else the end of the month of its latest event; until then it is loaded as far as it reaches.
 */
export function reachOfSource(reach: SourceReach, context: ReachContext): Reach {
  const seen = seenThrough(reach, context)
  const loaded = reach.isLive ? seen : settledThrough(seen, reach.isDeclared, context)
  return { loadedThrough: new Date(loaded), matureThrough: new Date(loaded - settlingMilliseconds) }
}

/** Whether a live source has delivered nothing for so long that it keeps everything from maturing. */
export function hasStopped(reach: SourceReach, now: Date): boolean {
  return reach.isLive && reach.through.getTime() < now.getTime() - silentMilliseconds
}

/** A source's clock may run ahead; nothing can be loaded through the future. */
function seenThrough({ through }: SourceReach, { now }: ReachContext): number {
  return Math.min(through.getTime(), now.getTime())
}

function settledThrough(seen: number, isDeclared: boolean, { now, reportingTimeZone }: ReachContext): number {
  const end = isDeclared ? seen : monthEnd(monthOf(new Date(seen), reportingTimeZone), reportingTimeZone).getTime()
  const settled = end + settlingMilliseconds
  return settled <= now.getTime() ? settled : seen
}

function first(reaches: readonly SourceReach[], rank: (reach: SourceReach) => number): SourceReach {
  return reaches.reduce((best, each) => (rank(each) < rank(best) ? each : best))
}
