import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { makeDemonstration } from '#app/cli/make-demonstration.ts'
import { openCurrentWarehouse } from '#app/cli/open-current-warehouse.ts'
import { demonstrationDefaults } from '#app/cli/sample.ts'
import { homeExists, openHome } from '#app/home.ts'
import { lastClosedMonth } from '#etl/sample/last-closed-month.ts'
import { demonstrationPassword } from '#governance/demonstration/demonstration-accounts.ts'
import { listMonths } from '#models/monthly/list-months.ts'
import { listTypes } from '#models/monthly/list-types.ts'
import { launchBrowser } from '../e2e/browser.ts'
import { layoutShift } from '../e2e/layout-shift.ts'
import { serveHome } from '../e2e/serve-home.ts'
import { signIn } from '../e2e/sign-in.ts'
import type { Bench, MeasuredLimit } from './limit.ts'
import { clientScripts } from './pages/client-scripts.ts'
import type { Drive, Driven } from './pages/drive.ts'

const perSecond = 20
const account = 'leader@demo.invalid'
/** The frame of every page and no data of its own, rendered the same way: what nobody can be faster than. */
const emptyPage = '/no-such-page'
const months = 24
const driver = join(import.meta.dirname, 'pages', 'drive.ts')

/**
 * What the pages cost with many interactions behind them: the production server in a process of its own, asked by
 * another at a steady rate. The home is that of the demonstration, larger: types registered, a policy, reviews held.
 * --home keeps it, or takes one that is there.
 */
export const bench: Bench = {
  defaults: { interactions: '10000000', seconds: '20', home: '' },
  async run(options) {
    const interactions = readCount(options, 'interactions')
    const requests = readCount(options, 'seconds') * perSecond
    const folder = mkdtempSync(join(tmpdir(), 'oversight-bench-'))
    const directory = options.home === '' ? join(folder, 'home') : String(options.home)
    try {
      if (!homeExists(directory)) await makeHome(directory, interactions)
      const paths = await readPaths(directory)
      const served = await serveHome(directory)
      try {
        const cookie = await sessionCookie(served.url)
        const measured = [await firstView(served.url, cookie)]
        const empty = await drive('empty', { url: served.url, cookie, paths: [emptyPage], status: 404, requests })
        for (const [name, ofPage] of Object.entries(paths)) {
          const page = await drive(name, { url: served.url, cookie, paths: ofPage, status: 200, requests })
          measured.push(
            { name: `${name}.p95_milliseconds`, value: round(page), limit: 50, side: 'at-most' },
            { name: `${name}.p95_to_empty_page`, value: round(page / empty), limit: 5, side: 'at-most' },
          )
        }
        return [...measured, ...(await ofTheBrowser(served.url))]
      } finally {
        await served.stop()
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
}

async function makeHome(directory: string, interactions: number): Promise<void> {
  say(`making a home with ${interactions.toLocaleString('en-US')} interactions`)
  await makeDemonstration({
    ...demonstrationDefaults,
    directory,
    until: lastClosedMonth(new Date()),
    months,
    interactions,
    onProgress: () => {},
  })
}

/** The overview at the newest half year, all of it and some; the page of every type at the newest month. */
async function readPaths(directory: string): Promise<Record<string, string[]>> {
  const warehouse = await openCurrentWarehouse(openHome(directory))
  try {
    const newest = (await listMonths(warehouse.db)).slice(-6)
    const types = await listTypes(warehouse.db)
    say(`${types.length} types; ${newest.at(0)} to ${newest.at(-1)}`)
    return {
      overview: newest.map((month) => `/overview?month=${month}`),
      filtered_overview: newest.map((month) => `/overview?month=${month}&channel=chat`),
      type: types.map((interactionType) => `/types/${interactionType}?month=${newest.at(-1)}`),
    }
  } finally {
    await warehouse.close()
  }
}

/** As a person signs in, without a browser. */
async function sessionCookie(url: string): Promise<string> {
  const answer = await fetch(`${url}/login`, {
    method: 'POST',
    redirect: 'manual',
    headers: { Origin: url },
    body: new URLSearchParams({ email: account, password: demonstrationPassword }),
  })
  const cookie = answer.headers.get('Set-Cookie')?.split(';')[0]
  if (cookie === undefined) throw new Error(`Nobody could sign in: ${answer.status}`)
  return cookie
}

/** The overview as whoever looks first after a load gets it: nothing of the snapshot was read before. */
async function firstView(url: string, cookie: string): Promise<MeasuredLimit> {
  const begins = performance.now()
  const answer = await fetch(`${url}/overview`, { headers: { Cookie: cookie } })
  if (answer.status !== 200) throw new Error(`The first overview was answered with ${answer.status}.`)
  await answer.text()
  const seconds = round((performance.now() - begins) / 1000)
  return { name: 'overview.first_view_seconds', value: seconds, limit: 5, side: 'at-most' }
}

/** 95th percentile in milliseconds, after every path was asked for twice so that the server is warm. */
async function drive(name: string, options: Omit<Drive, 'perSecond'>): Promise<number> {
  await runDriver({ ...options, perSecond, requests: 2 * options.paths.length })
  const { milliseconds, bytes } = await runDriver({ ...options, perSecond })
  const sorted = milliseconds.toSorted((a, b) => a - b)
  const at = (share: number) => sorted[Math.ceil(share * sorted.length) - 1] ?? Number.NaN
  say(
    `${name}: ${sorted.length} requests, ms at 50 % ${round(at(0.5))}, 95 % ${round(at(0.95))}, 99 % ${round(at(0.99))}, longest ${round(at(1))}; up to ${bytes} bytes`,
  )
  return at(0.95)
}

function runDriver(options: Drive): Promise<Driven> {
  const child = spawn(process.execPath, [driver, JSON.stringify(options)], { stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (piece) => {
    output += String(piece)
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve(JSON.parse(output) as Driven)
      else reject(new Error(`The driver ended with ${code}`))
    })
  })
}

async function ofTheBrowser(url: string): Promise<MeasuredLimit[]> {
  const gzipBytes = clientScripts('routes/overview').reduce((sum, script) => sum + script.gzipBytes, 0)
  const browser = await launchBrowser()
  try {
    const context = await browser.newContext()
    await signIn(context, url, account)
    const page = await context.newPage()
    await page.goto(`${url}/overview`, { waitUntil: 'networkidle' })
    return [
      { name: 'overview.client_script_kilobytes', value: round(gzipBytes / 1000), limit: 180, side: 'at-most' },
      { name: 'overview.layout_shift', value: await layoutShift(page), limit: 0.01, side: 'at-most' },
    ]
  } finally {
    await browser.close()
  }
}

function readCount(options: Readonly<Record<string, string>>, name: string): number {
  const value = Number(options[name])
  if (!Number.isSafeInteger(value) || value < 1) {
    throw new Error(`--${name} must be a whole number above 0, not ${options[name]}`)
  }
  return value
}

const round = (value: number) => Math.round(value * 100) / 100
const say = (line: string) => process.stderr.write(`${line}\n`)
