const dayMilliseconds = 24 * 60 * 60 * 1000

export const beginningOfTime = new Date('0001-01-01T00:00:00Z')

/** A level without an end is in force until then. */
export const endOfTime = new Date('9999-01-01T00:00:00Z')

/** From an instant to just before another one. */
export interface Span {
  from: Date
  before: Date
}

/** Instants around days of any time zone: wider by the longest offset, and there to leave out whole blocks of rows. */
export function aroundDays({ from, through }: { from: string; through: string }): Span {
  return {
    from: new Date(Date.parse(from) - dayMilliseconds),
    before: new Date(Date.parse(through) + 2 * dayMilliseconds),
  }
}
