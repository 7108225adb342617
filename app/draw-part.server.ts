import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'

/**
 * A part of a page as markup, for what is only read and is the same for everybody: drawn once per state of the data, it
 * costs the next request nothing, and the browser needs no component for it. No hook of the router works inside.
 */
export function drawPart(part: ReactElement): string {
  return renderToStaticMarkup(part, { identifierPrefix: 'drawn' })
}
