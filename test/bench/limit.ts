/** What was measured against what it may be. A bench is over when any of its limits is. */
export interface MeasuredLimit {
  /** One word, so that a line splits at its spaces. */
  name: string
  value: number
  limit: number
  /** Whether the value may lie at most or has to lie at least at the limit. */
  side: 'at-most' | 'at-least'
}

/** A module of test/bench/, named after what it measures, exports `bench`. */
export interface Bench {
  /** Options beyond --json, with what they are when not given. */
  defaults: Readonly<Record<string, string>>
  run(options: Readonly<Record<string, string>>): Promise<readonly MeasuredLimit[]>
}

export function isOver({ value, limit, side }: MeasuredLimit): boolean {
  // NaN is over whichever side counts.
  return side === 'at-most' ? !(value <= limit) : !(value >= limit)
}
