/** A label for a narrow place: "48 h" stays on one line. */
export function unbrokenUnits(label: string): string {
  return label.replaceAll(/(?<=\d) (?=h\b)/g, '\u00a0')
}
