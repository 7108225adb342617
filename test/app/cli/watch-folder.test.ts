import { appendFileSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import { watchFolder } from '#app/cli/watch-folder.ts'
import { OversightError } from '#models/oversight-error.ts'
import { rowsOf, temporaryFolder } from '#test/build/load-files.ts'
import { startCli } from '#test/build/run-cli.ts'

const milliseconds = 40
const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const contact = (id: string) => `desk,${id},x,chat,2026-01-05T09:00:00Z,ai\n`

/** Watches a folder with a load of its own; `loads` are the names of each load, `told` what was written for people. */
function watch(refuses: (names: readonly string[]) => Error | undefined = () => undefined) {
  const folder = temporaryFolder()
  const stop = new AbortController()
  const loads: string[][] = []
  const told: string[] = []
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => told.push(String(text)) > 0)
  const ended = watchFolder(
    folder,
    async (files) => {
      const names = files.map((file) => file.slice(folder.length + 1))
      const error = refuses(names)
      if (error !== undefined) throw error
      loads.push(names)
    },
    { milliseconds, signal: stop.signal },
  )
  onTestFinished(async () => {
    stop.abort()
    await ended.catch(() => {})
  })
  return { folder, loads, told, ended }
}

const write = (folder: string, name: string, content = 'x') => writeFileSync(join(folder, name), content)
const aFewLooks = () => sleep(milliseconds * 8)
const bad = (...names: string[]) => names.find((name) => name.startsWith('bad'))

describe('watching a folder', () => {
  afterEach(() => vi.restoreAllMocks())

  it('loads all that is there in one load, and each file once', async () => {
    const { folder, loads } = watch()
    write(folder, 'b.csv')
    write(folder, 'a.csv')
    await vi.waitFor(() => expect(loads).toEqual([['a.csv', 'b.csv']]))
    write(folder, 'c.csv')
    await vi.waitFor(() => expect(loads).toEqual([['a.csv', 'b.csv'], ['c.csv']]))
    await aFewLooks()
    expect(loads).toHaveLength(2)
  })

  it('leaves a file alone while it grows, and names that say so', async () => {
    const { folder, loads } = watch()
    write(folder, 'half.csv.part')
    write(folder, '.half.csv')
    mkdirSync(join(folder, 'folder.csv'))
    for (let piece = 0; piece < 10; piece += 1) {
      appendFileSync(join(folder, 'growing.csv'), 'piece\n')
      await sleep(milliseconds / 4)
    }
    expect(loads).toEqual([])
    await vi.waitFor(() => expect(loads).toEqual([['growing.csv']]))
    renameSync(join(folder, 'half.csv.part'), join(folder, 'half.csv'))
    await vi.waitFor(() => expect(loads).toEqual([['growing.csv'], ['half.csv']]))
  })

  it('a bad file keeps no other back, is told once, and is tried again when it changes', async () => {
    let isMended = false
    const { folder, loads, told } = watch((names) =>
      bad(...names) === undefined || isMended ? undefined : new OversightError('bad_input', 'line 3: is no good.'),
    )
    write(folder, 'bad.csv')
    write(folder, 'good.csv')
    await vi.waitFor(() => expect(loads).toEqual([['good.csv']]))
    await aFewLooks()
    expect(told).toEqual([`oversight: ${join(folder, 'bad.csv')} was not loaded: line 3: is no good.\n`])
    isMended = true
    await aFewLooks()
    expect(loads).toHaveLength(1)
    write(folder, 'bad.csv', 'mended')
    await vi.waitFor(() => expect(loads).toEqual([['good.csv'], ['bad.csv']]))
  })

  it('tries what failed again after other files brought what it waited for', async () => {
    const arrived = new Set<string>()
    const { folder, loads, told } = watch((names) => {
      if (names.includes('reviews.csv') && !arrived.has('contacts.csv')) {
        return new OversightError('load_refused', 'orphans')
      }
      for (const name of names) arrived.add(name)
      return undefined
    })
    write(folder, 'reviews.csv')
    await vi.waitFor(() => expect(told).toHaveLength(1))
    write(folder, 'contacts.csv')
    await vi.waitFor(() => expect(loads).toEqual([['contacts.csv'], ['reviews.csv']]))
  })

  it('waits while another load runs, and says so once', async () => {
    let isBusy = true
    const { folder, loads, told } = watch(() =>
      isBusy ? new OversightError('conflict', 'Another load is writing.') : undefined,
    )
    write(folder, 'a.csv')
    write(folder, 'b.csv')
    await aFewLooks()
    expect(told).toEqual(['oversight: Another load is writing.\n'])
    isBusy = false
    await vi.waitFor(() => expect(loads).toEqual([['a.csv', 'b.csv']]))
  })

  it('ends with a message when the folder goes away', async () => {
    const { folder, ended } = watch()
    const failure = expect(ended).rejects.toMatchObject({ code: 'not_found' })
    rmSync(folder, { recursive: true })
    await failure
  })
})

describe('oversight load --watch', () => {
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'loads what arrives, tells of a bad file, and ends with %s',
    async (signal) => {
      const home = join(temporaryFolder(), 'home')
      const inbox = temporaryFolder()
      const child = startCli(['load', 'canonical', '--watch', inbox, '--home', home])
      onTestFinished(() => void child.kill('SIGKILL'))
      let [stdout, stderr] = ['', '']
      child.stdout?.on('data', (text) => {
        stdout += text
      })
      child.stderr?.on('data', (text) => {
        stderr += text
      })
      const ended = new Promise<number | null>((resolve) => child.on('close', resolve))
      write(inbox, 'interactions-1.csv', header + contact('c1'))
      write(inbox, 'interactions-2.csv', `${header}desk,c2\n`)
      const waiting = { timeout: 30_000, interval: 200 }
      await vi.waitFor(() => expect(stderr).toContain('interactions-2.csv was not loaded'), waiting)
      expect(stdout).toContain('published snapshot 1')
      write(inbox, 'interactions-2.csv', header + contact('c2'))
      await vi.waitFor(() => expect(stdout).toContain('published snapshot 2'), waiting)
      child.kill(signal)
      expect(await ended).toBe(0)
      expect(await rowsOf(home, 'SELECT interaction_id FROM interactions ORDER BY 1')).toEqual([['c1'], ['c2']])
    },
    60_000,
  )
})
