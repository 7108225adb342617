import type { Drawn } from './drawn.ts'
import { requestScope } from './runtime.server.ts'

const name = 'drawn'

/** For a loader: puts the markup into the document that is asked for, or sends it where only data are. */
export function sendDrawn(markup: string): Drawn {
  const { isDocument, memo } = requestScope()
  if (!isDocument) return { markup }
  memo.set(name, markup)
  return { markup: null }
}

/** What a loader of this request put into the document. */
export function drawnOfRequest(): string | undefined {
  return requestScope().memo.get(name) as string | undefined
}
