import { z } from 'zod'

/** Sizes people print on. */
export const paperSize = z.enum(['a4', 'letter'])
export type PaperSize = z.infer<typeof paperSize>

const cssSize: Readonly<Record<PaperSize, string>> = { a4: 'A4', letter: 'letter' }

/**
 * The page boxes of the pack: its title, state and as-of line, and "Page n of m", on every sheet. A style sheet of its
 * own, as page boxes take no text from the document and inline styles are not allowed.
 */
export function paperCss(input: { size: PaperSize; title: string; state: string; asOf: string }): string {
  const box = (name: string, content: string) =>
    `@${name} { content: ${content}; font: 9px/12px Inter, sans-serif; color: #646773; }`
  return `@page {
  size: ${cssSize[input.size]};
  margin: 20mm 14mm 18mm;
  ${box('top-left', cssText(input.title))}
  ${box('top-right', cssText(input.state))}
  ${box('bottom-left', cssText(input.asOf))}
  ${box('bottom-right', '"Page " counter(page) " of " counter(pages)')}
}
`
}

/** A CSS string: what could end it is escaped by its code point. */
export function cssText(text: string): string {
  return `"${text.replaceAll(/["\\\p{Cc}<]/gu, (character) => `\\${character.codePointAt(0)?.toString(16)} `)}"`
}
