import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { openHome } from '#app/home.ts'
import { listValuesSeen } from '#app/quarantine/values-seen.ts'
import { currentSnapshot } from '#models/warehouse/snapshots.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const sound = `${header}desk,c1,x,chat,2026-01-05T09:00:00Z,ai\n`
const reviewFile = 'source,review_id,interaction_id,reviewer_id,reviewer_kind,sampling,sampled_at,outcome\n'

function write(folder: string, name: string, content: string): string {
  const file = join(folder, name)
  writeFileSync(file, content)
  return file
}

describe('quarantine', () => {
  it('lists and exports where and why without a value, shows values only when asked, retries what waits', async () => {
    const home = temporaryFolder()
    const files = temporaryFolder()
    const contacts = write(files, 'interactions.csv', `${sound}desk,c2,x,secret-pigeon,2026-01-05T09:00:00Z,ai\n`)
    const reviews = write(
      files,
      'qa_reviews.csv',
      `${reviewFile}desk,q1,late,r1,human,random,2026-01-08T09:00:00Z,pass\n`,
    )
    const loaded = await runCli(
      'load',
      'canonical',
      contacts,
      reviews,
      '--home',
      home,
      '--max-reject-percent',
      '100',
      '--json',
    )
    expect(loaded.exitCode).toBe(0)
    const { loadId } = JSON.parse(loaded.stdout)

    const listed = JSON.parse((await runCli('quarantine', 'list', '--home', home, '--json')).stdout)
    expect(listed.rows).toMatchObject([
      {
        loadId,
        entity: 'interactions',
        rule: 'unknown_value',
        field: 'channel',
        sourceRow: 2,
        sourceLine: 3,
        state: 'refused',
      },
      { loadId, entity: 'qa_reviews', rule: 'orphan', state: 'waiting' },
    ])
    const exported = await runCli('quarantine', 'export', '--home', home)
    expect(exported.stdout.split('\n')[0]).toBe(
      'loadId,entity,rule,field,sourceFile,sourceRow,sourceLine,state,message',
    )
    expect(exported.stdout).not.toContain('secret-pigeon')
    expect(listValuesSeen(openHome(home))).toEqual([])
    expect((await runCli('quarantine', 'values', loadId, '--home', home)).stdout).toContain('secret-pigeon')
    expect(await runCli('quarantine', 'values', '../ledger', '--home', home)).toMatchObject({ exitCode: 1 })
    expect(listValuesSeen(openHome(home))).toMatchObject([{ loadId, seenBy: userInfo().username }])

    const retried = JSON.parse((await runCli('quarantine', 'retry', '--home', home, '--json')).stdout)
    expect(retried.entities.qa_reviews).toMatchObject({ read: 0, retried: 1, recovered: 0 })
    const arrived = write(files, 'interactions-late.csv', sound.replace('c1', 'late'))
    await runCli('load', 'canonical', arrived, '--home', home)
    const after = JSON.parse(
      (await runCli('quarantine', 'list', '--entity', 'qa_reviews', '--home', home, '--json')).stdout,
    )
    expect(after.rows).toMatchObject([{ state: 'recovered' }])
  }, 60_000)
})

describe('runs and doctor', () => {
  it('keep a failed load in mind and say how to get out of it', async () => {
    const home = temporaryFolder()
    const files = temporaryFolder()
    expect((await runCli('load', 'canonical', write(files, 'interactions.csv', sound), '--home', home)).exitCode).toBe(
      0,
    )
    expect(await runCli('doctor', '--home', home)).toMatchObject({ exitCode: 0 })
    const broken = write(files, 'interactions-2.csv', `${header}desk,c1\n`)
    expect((await runCli('load', 'canonical', broken, '--home', home)).exitCode).toBe(1)
    const runs = JSON.parse((await runCli('runs', '--home', home, '--json')).stdout)
    expect(runs).toMatchObject([
      { outcome: 'published', snapshotId: 1, read: 1, quarantined: 0 },
      { outcome: 'failed', errorCode: 'bad_input', files: [broken] },
    ])
    const examined = await runCli('doctor', '--home', home)
    expect(examined.exitCode).toBe(1)
    expect(examined.stdout).toMatch(/FAILED {2}last load: .+\n\s+Mend the file/)

    rmSync(String(currentSnapshot(join(home, 'warehouse'))?.file))
    expect((await runCli('doctor', '--home', home)).stdout).toMatch(
      /FAILED {2}snapshot: .+ is not there\n\s+Restore a backup/,
    )
  }, 60_000)

  it('say what a folder that is no home is', async () => {
    const examined = await runCli('doctor', '--home', join(temporaryFolder(), 'nothing'))
    expect(examined).toMatchObject({ exitCode: 1 })
    expect(examined.stdout).toContain('FAILED  home')
  })
})

describe('snapshots prune', () => {
  it('keeps the newest and the served one', async () => {
    const home = temporaryFolder()
    const files = temporaryFolder()
    for (const id of ['c1', 'c2', 'c3']) {
      await runCli('load', 'canonical', write(files, `interactions-${id}.csv`, sound.replace('c1', id)), '--home', home)
    }
    const pruned = JSON.parse((await runCli('snapshots', 'prune', '--keep', '1', '--home', home, '--json')).stdout)
    expect(pruned.removed).toEqual([1, 2])
    expect(existsSync(String(currentSnapshot(join(home, 'warehouse'))?.file))).toBe(true)
  }, 60_000)
})

describe('load --allow', () => {
  it('follows links and .. before it decides', async () => {
    const home = temporaryFolder()
    const outside = temporaryFolder()
    const inbox = join(temporaryFolder(), 'inbox')
    mkdirSync(inbox)
    const file = write(outside, 'interactions.csv', sound)
    symlinkSync(file, join(inbox, 'interactions-link.csv'))
    for (const path of [
      file,
      join(inbox, 'interactions-link.csv'),
      `${inbox}/../../${outside.split('/').at(-1)}/interactions.csv`,
    ]) {
      const result = await runCli('load', 'canonical', path, '--allow', inbox, '--home', home)
      expect(result.exitCode).toBe(1)
      expect(result.stderr).toMatch(/lies outside the folders/)
    }
    const inside = write(inbox, 'interactions.csv', sound)
    expect((await runCli('load', 'canonical', inside, '--allow', inbox, '--home', home)).exitCode).toBe(0)
  }, 60_000)
})
