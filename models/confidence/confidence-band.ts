/** Bands of stated confidence, named after the level that the articles give them. 0.60 and 0.90 belong to the middle one. */
export type ConfidenceBand = 'as_the_loop' | 'in_the_loop' | 'on_the_loop'

export const confidenceBands: readonly ConfidenceBand[] = ['as_the_loop', 'in_the_loop', 'on_the_loop']

/** The ends of the middle band, both inside. Starting labels, no thresholds: see guaranteedThreshold. */
export const bandEnds = { from: 0.6, through: 0.9 } as const

/** What vendors call the bands who give no number. */
export const vendorBands = { low: 'as_the_loop', medium: 'in_the_loop', high: 'on_the_loop' } as const
