import { InvalidArgumentError } from 'commander'

/** An amount given on the command line: any number above 0. What is none is wrong usage (exit code 2). */
export function aboveZero(text: string): number {
  const value = Number(text)
  if (!Number.isFinite(value) || value <= 0) throw new InvalidArgumentError('A number above 0 is expected.')
  return value
}
