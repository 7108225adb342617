/** Time and chance come as arguments, so that every use case can be replayed in a test. */
export interface Clock {
  now: Date
  /** Unique within the ledger; a UUID in production. */
  newId: () => string
}

/** The clock of a real process. */
export function systemClock(): Clock {
  return { now: new Date(), newId: () => crypto.randomUUID() }
}
