import { describe, expect, it } from 'vitest'
import { cssText, paperCss, paperSize } from '#app/board-pack/paper.ts'

describe('the paper of a board pack', () => {
  it('carries title, state and as-of line on every sheet, and counts them', () => {
    const css = paperCss({ size: 'letter', title: 'Board pack', state: 'Draft', asOf: 'Snapshot 7' })
    expect(css).toContain('size: letter;')
    for (const text of ['"Board pack"', '"Draft"', '"Snapshot 7"', 'counter(page) " of " counter(pages)']) {
      expect(css).toContain(text)
    }
  })

  it('lets no text end its own string or the style sheet', () => {
    expect(cssText('a "b" \\c\n</style>')).toBe('"a \\22 b\\22  \\5c c\\a \\3c /style>"')
  })

  it('knows the two sizes that people print on', () => {
    expect(paperSize.options).toEqual(['a4', 'letter'])
    expect(paperSize.safeParse('legal').success).toBe(false)
  })
})
