import { monthEnd, monthOf } from './reporting-month.ts'

export interface Watermarks {
  /** Until here events were really seen from every source that still delivers. Right-censoring uses this one. */
  observedThrough: Date | null
  /** Until here nothing is expected any more; finality uses this one. Never before observedThrough. */
  loadedThrough: Date | null
  /** loadedThrough minus the settling time. */
  matureThrough: Date | null
}

/** Reviews, surveys and repeat contacts of a contact are in after this time. */
const settlingMilliseconds = 7 * 24 * 60 * 60 * 1000

/**
 * How far the facts reach, from the time of the latest event of each source (docs/decisions/loaded-through.md).
 *
 * A source whose last event lies more than 7 days before the latest of all has ended: it no longer holds the others
 * back. Among the rest the slowest counts. Where the month of that event ended more than 7 days before `now`, nothing
 * more is expected of it, so it is loaded through its end and the settling time. Null without any event.
 */
export function loadedThrough(
  lastEvents: readonly Date[],
  context: { now: Date; reportingTimeZone: string },
): Watermarks {
  // A source's clock may run ahead; nothing can be loaded through the future.
  const times = lastEvents.map((each) => Math.min(each.getTime(), context.now.getTime()))
  if (times.length === 0) return { observedThrough: null, loadedThrough: null, matureThrough: null }
  const latest = Math.max(...times)
  const observed = Math.min(...times.filter((time) => time >= latest - settlingMilliseconds))
  const month = monthOf(new Date(observed), context.reportingTimeZone)
  const settled = monthEnd(month, context.reportingTimeZone).getTime() + settlingMilliseconds
  const loaded = settled <= context.now.getTime() ? Math.max(observed, settled) : observed
  return {
    observedThrough: new Date(observed),
    loadedThrough: new Date(loaded),
    matureThrough: new Date(loaded - settlingMilliseconds),
  }
}
