/**
 * A seeded generator of uniform numbers in [0, 1) with 53 bits, so that a resampled value is the same on every
 * machine and can be recomputed by an auditor. sfc32 (Chris Doty-Humphrey, PractRand), seeded from one integer;
 * period about 2^128 on average. Not for secrets.
 */
export function seededRandom(seed: number): () => number {
  let a = seed | 0
  let b = Math.floor(seed / 4_294_967_296) | 0
  let c = 0x9e3779b9 | 0
  let counter = 1
  const next32 = () => {
    const sum = (((a + b) | 0) + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (c << 21) | (c >>> 11)
    c = (c + sum) | 0
    return sum >>> 0
  }
  // The first outputs still show the seed.
  for (let step = 0; step < 15; step += 1) next32()
  return () => (next32() * 2 ** 21 + (next32() >>> 11)) / 2 ** 53
}
