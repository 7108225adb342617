import pino, { type Logger } from 'pino'
import { runtime } from './runtime.server.ts'

/** The log of the running server, to standard error. Never a body, a cookie or a query: only what happened and where. */
export function log(): Logger {
  const { resources, environment } = runtime()
  const found = resources.get('log')
  if (found !== undefined) return found as Logger
  const made = pino({ level: environment.logLevel, base: null }, pino.destination({ fd: 2, sync: true }))
  resources.set('log', made)
  return made
}
