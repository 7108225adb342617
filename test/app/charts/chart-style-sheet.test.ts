import { describe, expect, it } from 'vitest'
import { chartStyleSheet, tokenValues } from '#app/charts/chart-style-sheet.ts'

const tokens = `
/* --ink: #bad; */
:root { --ink: #111111; --fail: #b0330f; }
@media (prefers-color-scheme: dark) { :root:not([data-theme="light"]) { --ink: #eeeeee; } }
:root[data-theme="dark"] { --ink: #ececef; }
`
const sheet = `
@layer components {
.figures { display: grid; }
.g-limit, .rail h2 { stroke: var(--fail); }
.plot-area .g-dot { fill: var(--ink); }
.g-mark:hover > .g-reading { display: block; }
@media print { .g-dot { fill: black; } }
}
`

describe('the style sheet of a chart that stands alone', () => {
  it('keeps what draws, with the colours of the theme in place of their names', () => {
    expect(chartStyleSheet([sheet], tokens, 'light').split('\n')).toEqual([
      '.g-limit{stroke: #b0330f;}',
      '.g-dot{fill: #111111;}',
      '.g-reading,.g-target{display:none}',
    ])
    expect(chartStyleSheet([sheet], tokens, 'dark')).toContain('.g-dot{fill: #ececef;}')
  })

  it('takes a value of the light theme where the dark one has none', () => {
    expect(tokenValues(tokens, 'dark')).toEqual(
      new Map([
        ['--ink', '#ececef'],
        ['--fail', '#b0330f'],
      ]),
    )
  })
})
