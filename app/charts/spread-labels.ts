/** Moves labels beside a plot apart so that none covers another; their order from top to bottom is kept. */
export function spreadLabels<Label extends { y: number }>(labels: readonly Label[], minimumGap = 13): Label[] {
  const sorted = labels.map((label) => ({ ...label })).sort((a, b) => a.y - b.y)
  for (let pass = 0; pass < 4; pass++) {
    for (let index = 1; index < sorted.length; index++) {
      const above = sorted[index - 1]
      const here = sorted[index]
      if (above === undefined || here === undefined) continue
      const overlap = minimumGap - (here.y - above.y)
      if (overlap > 0.05) {
        above.y -= overlap / 2
        here.y += overlap / 2
      }
    }
  }
  return sorted
}
