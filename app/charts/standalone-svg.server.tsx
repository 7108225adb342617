import inter from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?inline'
import { renderToStaticMarkup } from 'react-dom/server'
import figures from '../styles/figures.css?raw'
import tokens from '../styles/tokens.css?raw'
import { ChartPatterns } from './chart-patterns.tsx'
import { chartStyleSheet, tokenValues } from './chart-style-sheet.ts'
import charts from './charts.css?raw'

export interface StandaloneChart {
  /** The drawing as the page shows it. */
  markup: string
  title: string
  text: string
  summary: string
  /** Of what and as of when, at the foot. */
  source: string
}

const margin = 16
const lineHeight = 18
/** Mean width of a letter at 13 px. */
const letterWidth = 6.6

/**
 * A chart as a file: the drawing of the page with its finding, its source, its font and its colours inside, nothing to
 * fetch and nothing that runs. Throws when the markup holds no drawing.
 */
export function standaloneSvg(
  { markup, title, text, summary, source }: StandaloneChart,
  theme: 'light' | 'dark',
): string {
  const found = /<svg[^>]*viewBox="0 0 (\d+) (\d+)"[^>]*>([\s\S]*)<\/svg>/.exec(markup)
  if (found === null) throw new Error('A chart without a drawing has no file.')
  const [, width = '', height = '', inside = ''] = found
  const columns = Math.floor(Number(width) / letterWidth)
  const [heading, reading] = [wrapped(title, columns), wrapped(text, columns)]
  const top = margin + (heading.length + reading.length) * lineHeight + 8
  const whole = { width: Number(width) + 2 * margin, height: top + Number(height) + lineHeight + margin }
  const values = tokenValues(tokens, theme)
  const patterns = renderToStaticMarkup(<ChartPatterns />).replace(/^<svg[^>]*>|<\/svg>$/g, '')
  const css = chartStyleSheet([figures, charts], tokens, theme)
  const colour = (name: string) => values.get(name) ?? ''
  const coloured = (part: string) => part.replaceAll(/var\((--[\w-]+)\)/g, (_, name: string) => colour(name))
  const frame = renderToStaticMarkup(
    <>
      <title>{title}</title>
      <desc>{summary}</desc>
      <style
        // biome-ignore lint/security/noDangerouslySetInnerHtml: our own style sheets.
        dangerouslySetInnerHTML={{
          __html: `@font-face{font-family:"Inter";src:url("${inter}") format("woff2");font-weight:100 900}\n${css}`,
        }}
      />
      <rect width={whole.width} height={whole.height} fill={colour('--bg')} />
      {[...heading, ...reading].map((line, index) => (
        <text
          key={line}
          x={margin}
          y={margin + 12 + index * lineHeight}
          style={{
            fontSize: '13px',
            fontWeight: index < heading.length ? 600 : 400,
            fill: colour(index < heading.length ? '--ink' : '--ink-2'),
          }}
        >
          {line}
        </text>
      ))}
      <text x={margin} y={whole.height - 12} style={{ fill: colour('--ink-3') }}>
        {source}
      </text>
    </>,
  )
  const drawing = `<svg x="${margin}" y="${top}" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" overflow="visible">${withoutLinks(inside)}</svg>`
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${whole.width}" height="${whole.height}" viewBox="0 0 ${whole.width} ${whole.height}">${frame}${coloured(patterns)}${drawing}</svg>\n`
}

/** A file is no page: its points lead nowhere and nothing shows up over them. */
function withoutLinks(markup: string): string {
  return markup
    .replaceAll(/<g class="g-reading"[\s\S]*?<\/g>/g, '')
    .replaceAll(/<a class="g-mark"[^>]*>/g, '<g>')
    .replaceAll('</a>', '</g>')
    .replaceAll(/ tabindex="-?\d+"/g, '')
}

/** Lines of at most so many letters, broken between words. */
function wrapped(text: string, columns: number): string[] {
  const lines: string[] = []
  for (const word of text.split(' ').filter(Boolean)) {
    const last = lines.at(-1)
    if (last === undefined || last.length + word.length + 1 > columns) lines.push(word)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines
}
