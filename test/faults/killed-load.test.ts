import { randomInt } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openWarehouse } from '#models/warehouse/open-warehouse.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { loadFiles } from '#test/build/load-files.ts'
import { startCli } from '#test/build/run-cli.ts'

const killCount = 20
/** The moments are random; OVERSIGHT_TEST_SEED repeats those of a failed run. */
const seed = Number(process.env.OVERSIGHT_TEST_SEED ?? randomInt(2 ** 31))

/** Contacts enough that reading, checking, merging, models and publishing all take a while. */
function contacts(version: string): string {
  const rows = Array.from({ length: 20_000 }, (_, index) => {
    const minute = String(index % 60).padStart(2, '0')
    const day = String((index % 28) + 1).padStart(2, '0')
    return `desk,c${index},type_${index % 14},chat,2026-0${(index % 6) + 1}-${day}T09:${minute}:00Z,ai,${version}`
  })
  return `source,interaction_id,interaction_type,channel,started_at,handled_by,ai_version\n${rows.join('\n')}\n`
}

describe(`a load killed with SIGKILL at ${killCount} random moments (OVERSIGHT_TEST_SEED=${seed})`, () => {
  let home = ''
  let files: string[] = []
  let usualMilliseconds = 0

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'oversight-kill-'))
    files = ['v1', 'v2'].map((version) => {
      const file = join(home, `interactions-${version}.csv`)
      writeFileSync(file, contacts(version))
      return file
    })
    // The first run also fills caches; the second tells how long a load takes here.
    for (let run = 0; run < 2; run += 1) {
      const startedAt = Date.now()
      expect(await finished(startCli(['load', 'canonical', String(files[0]), '--home', home]))).toBe(0)
      usualMilliseconds = Date.now() - startedAt
    }
  })
  afterAll(() => rmSync(home, { recursive: true, force: true }))

  const random = lcg(seed)
  const shares = Array.from({ length: killCount }, () => random() * 1.05)

  it.each(shares)('at %d of its usual time', async (share) => {
    const before = await served(home)
    const child = startCli(['load', 'canonical', String(files[1]), '--home', home])
    const ended = finished(child)
    const timer = setTimeout(() => child.kill('SIGKILL'), share * usualMilliseconds)
    const exitCode = await ended
    clearTimeout(timer)

    // What is served is whole: the snapshot from before, or the new one when the pointer had moved already.
    const after = await served(home)
    expect(after.contactCount).toBe(20_000)
    if (exitCode === 0 || after.id !== before.id) expect(after).toMatchObject({ id: before.id + 1, aiVersions: ['v2'] })
    else expect(after).toEqual(before)

    // The next load works, clears what the dead one left, and brings the same facts as if nothing had happened.
    const report = await loadFiles(home, 'canonical', [String(files[0])], { now: new Date() })
    expect(report.entities.interactions).toMatchObject({ read: 20_000, quarantined: 0 })
    expect(await served(home)).toMatchObject({ contactCount: 20_000, aiVersions: ['v1'] })
    // The note of how far the dead one was stays until a load of the command line writes it into the log of runs.
    const left = readdirSync(join(home, 'warehouse')).filter(
      (name) => !/^(snapshot-\d+\.duckdb|running\.json(\.tmp)?)$/.test(name),
    )
    expect(left.sort()).toEqual(['current.json', 'load.lock', 'runs.ndjson'])
  })
})

interface Served {
  id: number
  contactCount: number
  aiVersions: unknown[]
}

/** What a reader that starts now gets: opens the snapshot and counts in facts and models. */
async function served(home: string): Promise<Served> {
  const snapshot = currentSnapshot(join(home, 'warehouse'))
  if (snapshot === undefined) throw new Error(`no snapshot: ${readFileSync(join(home, 'warehouse', 'current.json'))}`)
  const warehouse = await openWarehouse(snapshot.file, { mode: 'read' })
  try {
    const reader = await warehouse.connection().runAndReadAll(`
      SELECT (SELECT count(*) FROM contacts)::INT, (SELECT sum(contact_count) FROM daily_counts)::INT,
        (SELECT list(DISTINCT ai_version ORDER BY ai_version) FROM interactions), (SELECT snapshot_id FROM snapshot_info)::INT`)
    const [contactCount, dailyCount, aiVersions, snapshotId] = reader.getRowsJson()[0] ?? []
    expect(dailyCount).toBe(contactCount)
    expect(snapshotId).toBe(snapshot.id)
    return { id: snapshot.id, contactCount: Number(contactCount), aiVersions: aiVersions as unknown[] }
  } finally {
    await warehouse.close()
  }
}

function finished(child: ReturnType<typeof startCli>): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('exit', resolve)
  })
}

/** Random numbers 0..1 that a seed repeats. */
function lcg(start: number): () => number {
  let state = start >>> 0
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}
