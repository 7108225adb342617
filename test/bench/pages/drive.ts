import { Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'

/** What the driver is told, as JSON in its only argument. */
export interface Drive {
  /** Of this machine only. */
  url: string
  /** Cookie header of somebody signed in. */
  cookie: string
  /** Asked for in turn. */
  paths: readonly string[]
  status: number
  perSecond: number
  requests: number
}

export interface Driven {
  /** From the moment a request was due to the last byte of its answer, as it came over the wire (gzip). */
  milliseconds: number[]
  bytes: number
}

/**
 * Sends requests at fixed moments, whether or not earlier ones were answered: a slow answer delays the next one and is
 * not hidden by a driver that waits. Fails on any other status.
 */
async function drive({ url, cookie, paths, status, perSecond, requests }: Drive): Promise<Driven> {
  if (new URL(url).hostname !== '127.0.0.1') throw new Error(`Only this machine is driven, not ${url}.`)
  const agent = new Agent({ keepAlive: true })
  const headers = { Cookie: cookie, 'Accept-Encoding': 'gzip' }
  const began = performance.now()
  const answers = Array.from({ length: requests }, async (_, index) => {
    const due = began + (index * 1000) / perSecond
    await wait(Math.max(0, due - performance.now()))
    const path = paths[index % paths.length] ?? '/'
    const bytes = await new Promise<number>((resolve, reject) => {
      const asked = request(new URL(path, url), { agent, headers, timeout: 30_000 }, (answer) => {
        let read = 0
        answer.on('data', (piece: Buffer) => {
          read += piece.length
        })
        answer.on('end', () => {
          if (answer.statusCode === status) resolve(read)
          else reject(new Error(`${path} answered with ${answer.statusCode}, not ${status}`))
        })
        answer.on('error', reject)
      })
      asked.on('timeout', () => asked.destroy(new Error(`${path} was not answered in 30 s`)))
      asked.on('error', reject)
      asked.end()
    })
    return { took: performance.now() - due, bytes }
  })
  const all = await Promise.all(answers)
  agent.destroy()
  return { milliseconds: all.map(({ took }) => took), bytes: Math.max(...all.map(({ bytes }) => bytes)) }
}

process.stdout.write(JSON.stringify(await drive(JSON.parse(process.argv[2] ?? '{}') as Drive)))
