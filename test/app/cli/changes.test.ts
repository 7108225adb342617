import { userInfo } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

describe('oversight changes', () => {
  it('enters a change that later snapshots keep, with who did it', async () => {
    const home = temporaryFolder()
    const contact = (id: string) =>
      `source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,${id},x,chat,2026-01-05T09:00:00Z,ai\n`
    const [first = '', second = ''] = temporaryFiles({
      'interactions-1.csv': contact('c1'),
      'interactions-2.csv': contact('c2'),
    })
    await runCli('load', 'canonical', first, '--home', home)
    const entered = ['--at', '2026-01-04T10:00:00+02:00', '--summary', 'the vendor counts silence as resolved']
    const added = await runCli('changes', 'add', '--kind', 'vendor_definition', ...entered, '--home', home)
    expect(added).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('published snapshot 2') })
    await runCli('load', 'canonical', second, '--home', home)
    expect(JSON.parse((await runCli('changes', 'list', '--home', home, '--json')).stdout)).toMatchObject([
      {
        source: 'entered',
        kind: 'vendor_definition',
        changedAt: '2026-01-04T08:00:00.000Z',
        interactionType: null,
        summary: 'the vendor counts silence as resolved',
        loadedBy: userInfo().username,
      },
    ])
    const exported = await runCli('export', 'change_events', '--home', home)
    expect(exported.stdout).toContain('vendor_definition')
  }, 120_000)

  it('refuses what the contract refuses, and makes no home', async () => {
    const home = temporaryFolder()
    const [file = ''] = temporaryFiles({
      'interactions.csv':
        'source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,c1,x,chat,2026-01-05T09:00:00Z,ai\n',
    })
    const add = (at: string, kind: string, where: string) =>
      runCli('changes', 'add', '--kind', kind, '--at', at, '--summary', 's', '--home', where)
    await runCli('load', 'canonical', file, '--home', home)
    for (const at of ['yesterday', '2026-01-04', '2026-01-04T08:00:00', '2026-13-04T08:00:00Z']) {
      expect(await add(at, 'model', home)).toMatchObject({
        exitCode: 2,
        stderr: expect.stringContaining('An instant with offset is expected'),
      })
    }
    expect(await add('2100-01-04T08:00:00Z', 'model', home)).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('more than a day ahead'),
    })
    expect(await add('1980-01-04T08:00:00Z', 'model', home)).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('changed_at is before 1990'),
    })
    expect(await add('2026-01-04T08:00:00Z', 'weather', home)).toMatchObject({ exitCode: 2 })
    expect(await add('2026-01-04T08:00:00Z', 'model', join(home, 'nothing'))).toMatchObject({ exitCode: 1 })
    expect((await runCli('changes', 'list', '--home', home)).stdout).toBe('No change is known.\n')
  }, 120_000)
})
