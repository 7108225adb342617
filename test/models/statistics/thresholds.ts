/** 0.50, 0.51, ... 0.99: the thresholds of threshold_curve.csv. */
export const THRESHOLDS: readonly number[] = Array.from({ length: 50 }, (_, index) => (50 + index) / 100)
