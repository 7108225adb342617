import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type Response } from 'express'
import { OversightError } from '#models/oversight-error.ts'
import { apiRouter } from './api/api-router.ts'
import { mayChangeState } from './csrf.server.ts'
import { readEnvironment } from './env.server.ts'
import type { Home } from './home.ts'
import { closeRuntime, type RequestScope, type Runtime, withRequestScope } from './runtime.server.ts'
import { securityHeaders } from './security-headers.server.ts'

const projectRoot = fileURLToPath(new URL('..', import.meta.url))

export interface ServerOptions {
  home: Home
  /** 0 picks a free one. */
  port: number
  /** Address to listen on; 127.0.0.1 unless others are to reach it. */
  host?: string
  /** production serves what `npm run build` made; development builds each page when it is asked for. */
  mode?: 'production' | 'development'
  /** Lets a browser that this process drives read as a viewer; see printPage. */
  printToken?: string
}

export interface RunningServer {
  url: string
  /** Lets running answers finish, then closes warehouse and ledger. */
  close(): Promise<void>
}

/** Serves one home. Throws not_found when there is no build, conflict when the port is taken. */
export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { home, port, host = '127.0.0.1', mode = 'production' } = options
  const isDevelopment = mode === 'development'
  const runtime: Runtime = {
    home,
    environment: readEnvironment(process.env),
    isDevelopment,
    printToken: options.printToken,
    resources: new Map(),
    closers: [],
  }
  const app = express()
  app.disable('x-powered-by')
  // Without a declared public address nothing stands before us, and forwarded headers are anybody's words.
  if (runtime.environment.publicUrl !== undefined) app.set('trust proxy', 'loopback, linklocal, uniquelocal')
  app.use(beginRequest(runtime))
  app.use(compression())
  // Before the check of where a change comes from: it changes nothing, takes no cookies, and answers all below its path.
  app.use('/api/v1', apiRouter())
  app.use(refuseForeignChange(runtime))
  try {
    app.use(isDevelopment ? await developmentPages(app, runtime) : await builtPages(app))
    app.use(plainError)
    const server = await listen(app, port, host)
    const address = server.address() as AddressInfo
    return {
      url: `http://${host.includes(':') ? `[${host}]` : host === '0.0.0.0' ? 'localhost' : host}:${address.port}`,
      async close() {
        await stop(server)
        await closeRuntime(runtime)
      },
    }
  } catch (error) {
    await closeRuntime(runtime)
    throw error
  }
}

/** Headers, and the scope that pages find their data by. */
function beginRequest(runtime: Runtime) {
  const headers = securityHeaders({ isHttps: runtime.environment.publicUrl?.protocol === 'https:' })
  return (request: Request, response: Response, next: NextFunction): void => {
    response.set(headers)
    const scope: RequestScope = {
      runtime,
      clientAddress: request.ip ?? '',
      isDocument: !request.path.endsWith('.data'),
      memo: new Map(),
      cleanups: [],
      drained: () => drained(response),
    }
    response.once('close', () => {
      for (const cleanup of scope.cleanups.splice(0)) cleanup()
    })
    withRequestScope(scope, next)
  }
}

/** The check of where a change comes from. */
function refuseForeignChange({ environment }: Runtime) {
  return (request: Request, response: Response, next: NextFunction): void => {
    const isOurs = mayChangeState(
      {
        method: request.method,
        secFetchSite: request.get('Sec-Fetch-Site'),
        origin: request.get('Origin'),
        host: request.get('Host'),
      },
      environment.publicUrl,
    )
    if (isOurs) next()
    else {
      response
        .status(403)
        .type('text/plain')
        .send('This request did not come from a page of this server, so nothing was changed.')
    }
  }
}

function drained(response: Response): Promise<void> {
  if (!response.writableNeedDrain || response.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const done = (): void => {
      response.off('drain', done)
      response.off('close', done)
      resolve()
    }
    response.on('drain', done)
    response.on('close', done)
  })
}

async function builtPages(app: Express) {
  // React is several times slower, and talkative, unless told that this is production.
  process.env.NODE_ENV ??= 'production'
  const build = await import(new URL('../build/server/index.js', import.meta.url).href).catch((cause) => {
    if (cause instanceof Error && 'code' in cause && cause.code === 'ERR_MODULE_NOT_FOUND') {
      throw new OversightError('not_found', 'The pages are not built yet. Run "npm run build" first.', { cause })
    }
    throw cause
  })
  const files = `${projectRoot}build/client`
  // File names carry a hash of the content: what was fetched once is good for ever.
  app.use('/assets', express.static(`${files}/assets`, { immutable: true, maxAge: '1y', fallthrough: false }))
  app.use(express.static(files, { maxAge: '1h', index: false }))
  return pages(build as ServerBuild, 'production')
}

async function developmentPages(app: Express, runtime: Runtime) {
  const { createServer } = await import('vite')
  const vite = await createServer({ root: projectRoot, server: { middlewareMode: true } })
  runtime.closers.push(() => vite.close())
  app.use(vite.middlewares)
  return pages(() => vite.ssrLoadModule('virtual:remix/server-build') as Promise<ServerBuild>, 'development')
}

function pages(build: ServerBuild | (() => Promise<ServerBuild>), mode: string) {
  const handle = createRequestHandler({ build, mode })
  return (request: Request, response: Response, next: NextFunction): void => {
    // Pages hold what only this person may see now.
    response.set('Cache-Control', 'no-store')
    void handle(request, response, next)
  }
}

/** What fails outside of the pages (a missing file, a broken request) answers without a stack trace. */
function plainError(error: unknown, _request: Request, response: Response, next: NextFunction): void {
  if (response.headersSent) {
    next(error)
    return
  }
  const status = error instanceof Error && 'status' in error && typeof error.status === 'number' ? error.status : 500
  response
    .status(status)
    .type('text/plain')
    .send(status === 404 ? 'Not found.' : 'This request could not be answered.')
}

function listen(app: Express, port: number, host: string): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = app.listen(port, host, () => resolve(server))
    server.once('error', (cause: NodeJS.ErrnoException) => {
      const reasons: Partial<Record<string, string>> = {
        EADDRINUSE: `Port ${port} is in use. Choose another with --port.`,
        EACCES: `Port ${port} may not be opened by this user. Choose one above 1023 with --port.`,
        EADDRNOTAVAIL: `This machine has no address ${host}. Choose another with --host.`,
        ENOTFOUND: `There is no address ${host}. Choose another with --host.`,
      }
      const reason = reasons[cause.code ?? '']
      reject(reason === undefined ? cause : new OversightError('conflict', reason, { cause }))
    })
  })
}

const drainMilliseconds = 5_000

function stop(server: Server): Promise<void> {
  return new Promise((resolve, reject) => {
    const force = setTimeout(() => server.closeAllConnections(), drainMilliseconds)
    server.close((error) => {
      clearTimeout(force)
      if (error === undefined) resolve()
      else reject(error)
    })
    server.closeIdleConnections()
  })
}
