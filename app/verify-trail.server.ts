import { type TrailReport, verifyTrail } from '#governance/audit/verify-trail.ts'
import { ledger } from './ledger.server.ts'
import { runtime } from './runtime.server.ts'

/** The whole trail checked, with when that began and how long it took. */
export interface TrailVerification {
  report: TrailReport
  startedAt: Date
  seconds: number
}

/** Checks the whole trail now. One at a time in this server: whoever asks while it goes on gets the same result. */
export function verifyTrailNow(): Promise<TrailVerification> {
  const { resources } = runtime()
  const running = resources.get('trail verification') as Promise<TrailVerification> | undefined
  if (running !== undefined) return running
  const started = verify().finally(() => resources.delete('trail verification'))
  resources.set('trail verification', started)
  return started
}

async function verify(): Promise<TrailVerification> {
  const startedAt = new Date()
  const begunAt = performance.now()
  const report = await verifyTrail(await ledger())
  return { report, startedAt, seconds: (performance.now() - begunAt) / 1000 }
}
