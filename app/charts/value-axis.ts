/** The value axis of a chart: round ends and round ticks. */
export interface ValueAxis {
  from: number
  through: number
  ticks: readonly number[]
}

/**
 * An axis with round ends that holds every value; a lone value gets room on both sides.
 * Axes of rates may start above zero for lines, never for columns (fromZero). least and most are what the unit allows;
 * between whole numbers of contacts there are no ticks (isWhole).
 */
export function createValueAxis(
  values: readonly number[],
  options: { fromZero?: boolean; intervals?: number; least?: number; most?: number; isWhole?: boolean } = {},
): ValueAxis {
  const { fromZero = false, intervals = 4, least = Number.NEGATIVE_INFINITY, most = Number.POSITIVE_INFINITY } = options
  let low = fromZero ? 0 : Math.min(...values)
  let high = Math.max(...values, low)
  if (values.length === 0) [low, high] = [0, 1]
  if (low === high) {
    const room = Math.abs(high) * 0.1 || 1
    low = fromZero ? 0 : low - room
    high += room
  }
  const rough = roundStep((high - low) / intervals)
  const step = options.isWhole === true ? Math.max(rough, 1) : rough
  const first = Math.max(Math.floor(low / step + 1e-9), Math.ceil(least / step - 1e-9))
  const last = Math.min(Math.ceil(high / step - 1e-9), Math.floor(most / step + 1e-9))
  const ticks = Array.from({ length: last - first + 1 }, (_, index) => tidy((first + index) * step))
  return { from: ticks[0] ?? low, through: ticks.at(-1) ?? high, ticks }
}

/** The next step of 1, 2 or 5 times a power of ten. */
function roundStep(rough: number): number {
  const power = 10 ** Math.floor(Math.log10(rough))
  const factor = rough / power
  return (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10) * power
}

/** 0.30000000000000004 -> 0.3 */
function tidy(value: number): number {
  return Number(value.toPrecision(12))
}
