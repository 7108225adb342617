/** For parts of a drawing that say again what the marks, the summary and the table say. */
export const unspoken = { 'aria-hidden': true } as const
