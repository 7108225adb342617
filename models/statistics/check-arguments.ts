import { OversightError } from '../oversight-error.ts'

/** Refuses counts that cannot be: not integers, negative, or more hits than trials. `where` names the caller. */
export function checkCounts(k: number, n: number, where: string): void {
  if (!Number.isSafeInteger(k) || !Number.isSafeInteger(n) || k < 0 || n < 0 || k > n) {
    throw new OversightError('internal', `${where} needs counts with 0 <= k <= n, got k = ${k} and n = ${n}.`)
  }
}

/** Refuses what is not a count of at least `minimum`. */
export function checkInteger(value: number, minimum: number, name: string, where: string): void {
  if (!Number.isSafeInteger(value) || value < minimum) {
    throw new OversightError(
      'internal',
      `${where} needs ${name} to be an integer of at least ${minimum}, got ${value}.`,
    )
  }
}

/** Refuses what is not a share in 0..1, the ends included. */
export function checkShare(value: number, name: string, where: string): void {
  if (!(value >= 0 && value <= 1)) {
    throw new OversightError('internal', `${where} needs ${name} between 0 and 1, got ${value}.`)
  }
}

/** Refuses what is not strictly between 0 and 1: alpha, confidence, a limit. */
export function checkInside(value: number, name: string, where: string): void {
  if (!(value > 0 && value < 1)) {
    throw new OversightError('internal', `${where} needs ${name} strictly between 0 and 1, got ${value}.`)
  }
}

/** Refuses what is not a finite number. */
export function checkFinite(values: readonly number[], name: string, where: string): void {
  const found = values.findIndex((value) => !Number.isFinite(value))
  if (found >= 0) {
    throw new OversightError('internal', `${where} needs finite ${name}, got ${values[found]} at position ${found}.`)
  }
}
