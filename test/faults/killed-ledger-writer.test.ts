import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { addPeople, type BuiltLedger, buildLedger, type People } from '#test/build/ledger.ts'
import { type LedgerStore, ledgerServer } from '#test/build/ledger-store.ts'

const killCount = 100
/** So many writers live, and die, beside each other. */
const lanes = 4
/** The moments are random; OVERSIGHT_TEST_SEED repeats those of a failed run. */
const seed = Number(process.env.OVERSIGHT_TEST_SEED ?? randomInt(2 ** 31))

const compiled = mkdtempSync(join(tmpdir(), 'oversight-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true }))

describe.each<LedgerStore>(['sqlite', 'postgres'])(
  `processes that write one ledger on %s (OVERSIGHT_TEST_SEED=${seed})`,
  (store) => {
    let at: BuiltLedger
    let people: People
    let acknowledged: string[]
    beforeEach(async () => {
      at = await buildLedger(undefined, store)
      people = await addPeople(at)
      acknowledged = []
    })
    afterEach(() => at.remove())

    const start = (name: string, most: number) => {
      const child = spawn(
        process.execPath,
        [
          join(import.meta.dirname, 'ledger-writer.ts'),
          ...[at.place.location, at.place.keysDirectory, people.owner.id, people.anna.id, name, String(most)],
        ],
        { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, NODE_COMPILE_CACHE: compiled } },
      )
      return new Writer(child, acknowledged)
    }

    /** What must hold whenever writers have died: nothing acknowledged is lost, nothing stands half. */
    const expectWhole = async () => {
      const { db } = at.ledger
      const decisions = (await db.selectFrom('decisions').select('decision_id').execute()).map((row) => row.decision_id)
      const events = await db.selectFrom('audit_events').select(['seq', 'action', 'object_id']).orderBy('seq').execute()
      const recorded = events.filter(({ action }) => action === 'decision-recorded').map(({ object_id }) => object_id)
      expect(
        acknowledged.filter((id) => !decisions.includes(id)),
        'acknowledged and lost',
      ).toEqual([])
      expect(recorded.toSorted(), 'one event for each decision').toEqual(decisions.toSorted())
      expect(
        events.map(({ seq }) => seq),
        'no fork, no gap',
      ).toEqual(events.map((_, index) => index))
      expect(await verifyTrail(at.ledger)).toMatchObject({ ok: true, size: events.length })
      return decisions.length
    }

    it(`lose nothing and leave nothing half when killed with SIGKILL at ${killCount} random moments`, async () => {
      const random = lcg(seed)
      const moments = Array.from({ length: killCount }, () => random() * 120)
      const lane = async (first: number) => {
        for (let index = first; index < killCount; index += lanes) {
          const writer = start(`killed_${index}`, 100_000)
          await writer.said('acknowledged')
          await delay(moments[index] ?? 0)
          writer.child.kill('SIGKILL')
          expect(await writer.ended).toBe('SIGKILL')
        }
      }
      await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)))
      expect(acknowledged.length).toBeGreaterThanOrEqual(killCount)
      expect(await expectWhole()).toBeGreaterThanOrEqual(acknowledged.length)
    }, 600_000)

    it('append to one trail without a fork, four at once', async () => {
      const writers = [0, 1, 2, 3].map((number) => start(`writer_${number}`, 25))
      expect(await Promise.all(writers.map(({ ended }) => ended))).toEqual([0, 0, 0, 0])
      expect(acknowledged).toHaveLength(100)
      expect(await expectWhole()).toBe(100)
    })

    if (store === 'sqlite') return

    it('say so while the server is down, and go on when it is back', async () => {
      const server = await ledgerServer()
      const writer = start('patient', 100_000)
      await writer.said('acknowledged')
      await server.crash()
      expect(await writer.said('unavailable')).toMatch(/cannot be reached .* look whether it was saved/)
      await expect(at.ledger.db.selectFrom('users').select('user_id').execute()).rejects.toMatchObject({
        code: 'unavailable',
      })
      await server.resume()
      const before = acknowledged.length
      await writer.said('acknowledged')
      writer.child.kill('SIGKILL')
      await writer.ended
      expect(acknowledged.length).toBeGreaterThan(before)
      await expectWhole()
    })
  },
)

class Writer {
  readonly child: ChildProcess
  /** How it ended: the code or the signal. What it complained of is thrown. */
  readonly ended: Promise<number | string | null>
  #waiting: { word: string; resolve: (line: string) => void; reject: (error: Error) => void }[] = []

  constructor(child: ChildProcess, acknowledged: string[]) {
    this.child = child
    let complaint = ''
    child.stderr?.on('data', (text) => {
      complaint += text
    })
    if (child.stdout === null) throw new Error('the writer has no output')
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (line.startsWith('acknowledged ')) acknowledged.push(line.slice('acknowledged '.length))
      for (const { resolve } of this.#waiting.filter(({ word }) => line.startsWith(word))) resolve(line)
      this.#waiting = this.#waiting.filter(({ word }) => !line.startsWith(word))
    })
    this.ended = new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        const error = new Error(`the writer ended: ${complaint}`)
        for (const { reject: refuse } of this.#waiting) refuse(error)
        if (complaint === '') resolve(signal ?? code)
        else reject(error)
      })
    })
    this.ended.catch(() => {})
  }

  /** The next line that begins with this word. */
  said(word: string): Promise<string> {
    return new Promise((resolve, reject) => this.#waiting.push({ word, resolve, reject }))
  }
}

function delay(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds))
}

/** Random numbers 0..1 that a seed repeats. */
function lcg(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
