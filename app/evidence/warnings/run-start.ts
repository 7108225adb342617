/** First month of the unbroken run that ends with the last month and fulfils the condition; undefined without a run. */
export function runStart(months: readonly string[], holds: (month: string) => boolean): string | undefined {
  let start: string | undefined
  for (const month of [...months].reverse()) {
    if (!holds(month)) break
    start = month
  }
  return start
}
