import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { type NextFunction, type Request, type RequestHandler, type Response, Router } from 'express'
import { rateLimit } from 'express-rate-limit'
import { authenticateToken, type TokenBearer } from '#governance/accounts/authenticate-token.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import packageFile from '../../package.json' with { type: 'json' }
import { ledger } from '../ledger.server.ts'
import { log } from '../log.server.ts'
import { runtime } from '../runtime.server.ts'
import { openApiDocument } from './openapi.ts'
import type { JsonOperation, Operation, StreamOperation } from './operation.ts'
import { operations } from './operations.ts'
import { type Problem, parseParameters, problem, problemOf } from './problem.ts'

export interface ApiLimits {
  /** Of one token. */
  requestsPerMinute: number
  /** Datasets on their way to one token at once: each holds a connection of the warehouse. */
  streamsAtOnce: number
}

const defaultLimits: ApiLimits = { requestsPerMinute: 300, streamsAtOnce: 2 }

type Answer = Response<unknown, { bearer: TokenBearer }>

/**
 * /api/v1: every operation of the list, behind a token with its scope, and nothing else: what is not in the list is 404,
 * what is no GET or HEAD 405. Cookies are not looked at. Every refusal is a problem after RFC 9457.
 */
export function apiRouter(limits: ApiLimits = defaultLimits): Router {
  const router = Router({ caseSensitive: true, strict: true })
  router.use((_request, response, next) => {
    response.vary('Authorization').vary('Accept')
    response.set('Cache-Control', 'private, no-cache')
    next()
  })
  const description = openApiDocument(operations, packageFile.version)
  // It describes the software, not the installation.
  router.get('/openapi.json', (_request, response) => void response.json(description))
  const limit = limitRequests(limits)
  const streams = limitStreams(limits)
  for (const operation of operations) {
    const path = operation.path.replaceAll(/\{(\w+)\}/g, ':$1')
    const steps = [requireScope(operation), limit, ...(operation.kind === 'stream' ? [streams] : [])]
    router.get(path, ...(steps as RequestHandler[]), answering(operation))
    router.all(path, refuseMethod)
  }
  router.all('/openapi.json', refuseMethod)
  router.use((request, response) => {
    send(response, problem('not_found', `There is nothing at ${request.path}. See /api/v1/openapi.json.`))
  })
  router.use((error: unknown, _request: Request, response: Response, next: NextFunction) => {
    if (response.headersSent) return next(error)
    const answer = problemOf(error)
    if (answer.status === 500) log().error({ err: error }, 'an API request failed')
    if (answer.status === 401) {
      response.set('WWW-Authenticate', 'Bearer realm="oversight", error="invalid_token"')
    }
    send(response, answer)
  })
  return router
}

/** The token, and that it has the scope; the bearer goes into response.locals. */
function requireScope({ scope }: Operation) {
  return caught(async (request, response: Answer, next) => {
    const [scheme, secret, ...rest] = (request.get('Authorization') ?? '').split(' ')
    if (scheme?.toLowerCase() !== 'bearer' || secret === undefined || rest.length > 0) {
      response.set('WWW-Authenticate', 'Bearer realm="oversight"')
      const how = 'Send a token: "Authorization: Bearer ovs_...". You make one on your account page.'
      send(response, problem('unauthenticated', how))
      return
    }
    const { isDemonstration } = runtime().home
    const bearer = await authenticateToken(
      await ledger(),
      { secret, allowDemonstration: isDemonstration },
      systemClock(),
    )
    if (!bearer.token.scopes.includes(scope)) {
      response.set('WWW-Authenticate', `Bearer realm="oversight", error="insufficient_scope", scope="${scope}"`)
      send(response, problem('forbidden', `This needs a token with the scope ${scope}.`))
      return
    }
    response.locals.bearer = bearer
    next()
  })
}

function limitRequests({ requestsPerMinute }: ApiLimits): RequestHandler {
  return rateLimit({
    windowMs: 60_000,
    limit: requestsPerMinute,
    standardHeaders: 'draft-8',
    legacyHeaders: false,
    identifier: 'token',
    keyGenerator: (_request, response) => (response as Answer).locals.bearer.token.id,
    // Retry-After is set by then.
    handler: (_request, response) => {
      send(
        response,
        problem('too_many_requests', `A token may ask ${requestsPerMinute} times a minute. Wait a little.`),
      )
    },
  })
}

function limitStreams({ streamsAtOnce }: ApiLimits) {
  const running = new Map<string, number>()
  return (_request: Request, response: Answer, next: NextFunction): void => {
    const { id } = response.locals.bearer.token
    const count = running.get(id) ?? 0
    if (count >= streamsAtOnce) {
      response.set('Retry-After', '5')
      const detail = `A token may fetch ${streamsAtOnce} datasets at once. Wait until one is through.`
      send(response, problem('too_many_requests', detail))
      return
    }
    running.set(id, count + 1)
    response.once('close', () => {
      const left = (running.get(id) ?? 1) - 1
      if (left === 0) running.delete(id)
      else running.set(id, left)
    })
    next()
  }
}

function answering(operation: Operation) {
  return caught(async (request, response: Answer) => {
    const asked = {
      params: parseParameters(operation.params, request.params),
      query: parseParameters(operation.query, request.query),
      bearer: response.locals.bearer,
    }
    if (operation.kind === 'json') await answerJson(operation, asked, request, response)
    else await answerStream(operation, asked, request, response)
  })
}

async function answerJson(
  operation: JsonOperation,
  asked: Parameters<JsonOperation['answer']>[0],
  request: Request,
  response: Response,
): Promise<void> {
  if (request.accepts('application/json') === false) {
    send(response, problem('not_acceptable', 'This is answered as application/json.'))
    return
  }
  // Only what the schema names leaves.
  const text = JSON.stringify(operation.response.parse(await operation.answer(asked)))
  const etag = `W/"${createHash('sha256').update(text).digest('base64url')}"`
  response.set('ETag', etag)
  if (hasAlready(request, etag)) response.status(304).end()
  else response.type('application/json').send(text)
}

async function answerStream(
  operation: StreamOperation,
  asked: Omit<Parameters<StreamOperation['answer']>[0], 'mediaType'>,
  request: Request,
  response: Response,
): Promise<void> {
  const mediaType = request.accepts([...operation.mediaTypes]) || undefined
  if (mediaType === undefined && asked.query.format === undefined) {
    send(response, problem('not_acceptable', `This is answered as ${operation.mediaTypes.join(', ')}.`))
    return
  }
  const stream = await operation.answer({ ...asked, mediaType })
  response.set({ 'Content-Type': stream.mediaType, ETag: stream.etag, ...stream.headers })
  // Compressing on the way would change the bytes that the digest is of.
  response.set('Cache-Control', 'private, no-cache, no-transform')
  if (hasAlready(request, stream.etag)) {
    response.status(304).end()
    return
  }
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  const body = await stream.open(gone.signal)
  response.set('Trailer', 'Content-Digest')
  const digest = createHash('sha256')
  try {
    for await (const piece of body) {
      digest.update(piece)
      if (!response.write(piece)) await once(response, 'drain', { signal: gone.signal })
    }
    response.addTrailers({ 'Content-Digest': `sha-256=:${digest.digest('base64')}:` })
    response.end()
  } catch (error) {
    // What was sent so far must not look like a whole file.
    if (!gone.signal.aborted) log().error({ err: error }, 'a dataset broke off')
    response.destroy()
  }
}

/**
 * Whether If-None-Match names this ETag (RFC 9110, 13.1.2). What else the client says of caching does not matter: the
 * fetch of browsers and of Node adds "no-cache" by itself, which express would take for a wish to have it all again.
 */
function hasAlready(request: Request, etag: string): boolean {
  const opaque = (tag: string): string => tag.trim().replace(/^W\//, '')
  return (request.get('If-None-Match') ?? '').split(',').some((tag) => opaque(tag) === opaque(etag))
}

function refuseMethod(_request: Request, response: Response): void {
  response.set('Allow', 'GET, HEAD')
  send(response, problem('method_not_allowed', 'The API reads; whoever changes something signs in.'))
}

function send(response: Response, answer: Problem): void {
  response
    .status(answer.status)
    .set('Cache-Control', 'no-store')
    .set('Content-Type', 'application/problem+json; charset=utf-8')
    .send(JSON.stringify(answer))
}

/** Express 4 does not see what a promise throws. */
function caught<Locals extends Response>(
  handle: (request: Request, response: Locals, next: NextFunction) => Promise<void>,
) {
  return (request: Request, response: Locals, next: NextFunction): void => {
    handle(request, response, next).catch(next)
  }
}
