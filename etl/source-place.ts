/** Where a row stands, for people: its number among the data rows, and the line of a text file on which it begins. */
export function sourcePlace(at: { sourceFile: string; sourceRow: number; sourceLine: number | null }): string {
  return `${at.sourceFile}, row ${at.sourceRow}${at.sourceLine === null ? '' : ` (line ${at.sourceLine})`}`
}
