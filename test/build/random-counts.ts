/** A normal deviate (Box and Muller 1958). */
export function drawNormal(random: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
}

/** Above this variance the rounded normal differs from the binomial by less than a simulation can see. */
const normalFromVariance = 400

/** How many of n happen at the share, by waiting times (Devroye 1986, X.4.3) or, where many do, the rounded normal. */
export function drawBinomial(n: number, share: number, random: () => number): number {
  if (share > 0.5) return n - drawBinomial(n, 1 - share, random)
  if (share <= 0) return 0
  const variance = n * share * (1 - share)
  if (variance > normalFromVariance) {
    return Math.min(n, Math.max(0, Math.round(n * share + Math.sqrt(variance) * drawNormal(random))))
  }
  const scale = Math.log1p(-share)
  let hits = 0
  for (let at = 0; ; hits += 1) {
    at += Math.floor(Math.log(1 - random()) / scale) + 1
    if (at > n) return hits
  }
}
