import { log } from './log.server.ts'
import { requestScope } from './runtime.server.ts'

const name = 'failed part'

/** A part of a page, or since when it cannot be shown. */
export type PagePart<Value> = { isShown: true; value: Value } | { isShown: false; failedAt: Date }

/**
 * One part of a page on its own: when what it reads fails, that is logged, and the rest of the page stays. What is meant
 * for the whole page (a redirect, a refusal in words) still is.
 */
export async function pagePart<Value>(part: string, read: () => Promise<Value>): Promise<PagePart<Value>> {
  try {
    return { isShown: true, value: await read() }
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'OversightError') throw error
    log().error({ err: error, part }, 'a part of a page failed')
    requestScope().memo.set(name, true)
    return { isShown: false, failedAt: new Date() }
  }
}

/** A part of a page failed in this request. */
export function hasFailedPart(): boolean {
  return requestScope().memo.has(name)
}
