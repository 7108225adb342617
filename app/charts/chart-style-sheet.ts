/** Rules that draw; what reacts to pointer and focus, and what lays out the page, stays behind. */
const isOfDrawing = /^(svg text|\.[gf]-|\.plot-|\.recharts-)/
const reacts = /:(hover|focus|focus-visible)|\.g-reading|\.g-mark|\.g-target/

/**
 * The rules of our own style sheets that draw charts, as one plain sheet for a file that stands alone: without layers,
 * media and variables, which not every program that opens SVG knows. `tokens` holds the variables in :root, and those of
 * the dark theme in :root[data-theme="dark"].
 */
export function chartStyleSheet(sheets: readonly string[], tokens: string, theme: 'light' | 'dark'): string {
  const values = tokenValues(tokens, theme)
  const rules = sheets.flatMap((sheet) =>
    [...withoutMedia(withoutComments(sheet)).matchAll(/([^{}]+)\{([^{}]*)\}/g)].flatMap(
      ([, selector = '', body = '']) => {
        const kept = selector
          .split(',')
          .map((one) => one.trim().replace(/^\.plot-area /, ''))
          .filter((one) => isOfDrawing.test(one) && !reacts.test(one))
        return kept.length === 0 ? [] : [`${kept.join(',')}{${withValues(body.trim(), values)}}`]
      },
    ),
  )
  return `${rules.join('\n')}\n.g-reading,.g-target{display:none}`
}

/** The value of each variable of a theme, by its name with the dashes. */
export function tokenValues(tokens: string, theme: 'light' | 'dark'): ReadonlyMap<string, string> {
  const plain = withoutMedia(withoutComments(tokens))
  const blocks = [...plain.matchAll(/(:root[^{}]*)\{([^{}]*)\}/g)].filter(
    ([, selector = '']) => selector.trim() === ':root' || (theme === 'dark' && selector.includes('dark')),
  )
  const values = new Map<string, string>()
  for (const [, , body = ''] of blocks) {
    for (const [, name = '', value = ''] of body.matchAll(/(--[\w-]+):\s*([^;]+);/g)) values.set(name, value.trim())
  }
  return values
}

function withValues(body: string, values: ReadonlyMap<string, string>): string {
  return body.replaceAll(/var\((--[\w-]+)\)/g, (whole, name: string) => values.get(name) ?? whole)
}

function withoutComments(css: string): string {
  return css.replaceAll(/\/\*[\s\S]*?\*\//g, '')
}

/** Blocks that hold only for some screens, and the wrapping of a layer. */
function withoutMedia(css: string): string {
  return css.replaceAll(/@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}/g, '').replaceAll(/@layer[^{]*\{/g, '')
}
