import { randomBytes } from 'node:crypto'
import { PassThrough } from 'node:stream'
import type { ActionFunctionArgs, EntryContext, LoaderFunctionArgs } from '@remix-run/node'
import { createReadableStreamFromReadable } from '@remix-run/node'
import { RemixServer } from '@remix-run/react'
import { renderToPipeableStream } from 'react-dom/server'
import { DrawnContext } from './drawn.ts'
import { log } from './log.server.ts'
import { NonceContext } from './nonce.ts'
import { runtime } from './runtime.server.ts'
import { contentSecurityPolicy } from './security-headers.server.ts'
import { drawnOfRequest } from './send-drawn.server.ts'

const renderLimitMilliseconds = 30_000

/** Renders a page whole: what needs no JavaScript must not wait for a script to be put in place. */
export default function handleRequest(
  request: Request,
  status: number,
  headers: Headers,
  context: EntryContext,
): Promise<Response> {
  const nonce = randomBytes(16).toString('base64')
  headers.set('Content-Type', 'text/html; charset=utf-8')
  headers.set('Content-Security-Policy', contentSecurityPolicy(nonce, runtime()))
  return new Promise((resolve, reject) => {
    let finalStatus = status
    const { pipe, abort } = renderToPipeableStream(
      <NonceContext.Provider value={nonce}>
        <DrawnContext.Provider value={drawnOfRequest() ?? ''}>
          <RemixServer context={context} url={request.url} nonce={nonce} abortDelay={renderLimitMilliseconds} />
        </DrawnContext.Provider>
      </NonceContext.Provider>,
      {
        nonce,
        onAllReady() {
          clearTimeout(timer)
          const body = new PassThrough()
          resolve(new Response(createReadableStreamFromReadable(body), { headers, status: finalStatus }))
          pipe(body)
        },
        onShellError(error) {
          clearTimeout(timer)
          reject(error)
        },
        onError(error) {
          finalStatus = 500
          log().error({ err: error, url: new URL(request.url).pathname }, 'rendering failed')
        },
      },
    )
    const timer = setTimeout(abort, renderLimitMilliseconds)
  })
}

/** What nobody expected. Errors meant for people are turned into responses where they are caught and never come here. */
export function handleError(error: unknown, { request }: LoaderFunctionArgs | ActionFunctionArgs): void {
  if (request.signal.aborted) return
  log().error({ err: error, method: request.method, url: new URL(request.url).pathname }, 'request failed')
}
