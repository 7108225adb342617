/** Words for a narrow place: "48 h", "2 %" and "5 pp" stay on one line. */
export function unbrokenUnits(label: string): string {
  return label.replaceAll(/(?<=\d) (?=%|(?:h|pp)\b)/g, '\u00a0')
}
