import { describe, expect, it } from 'vitest'
import { rowsOf, temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

describe('oversight retention apply', () => {
  it('tells what would go, removes it, publishes anew and leaves it in the audit trail', async () => {
    const home = temporaryFolder()
    const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
    const recent = new Date(Date.now() - 5 * 86_400_000).toISOString()
    const [file = ''] = temporaryFiles({
      'interactions.csv': `${header}desk,old,x,chat,2020-01-05T09:00:00Z,ai\ndesk,new,x,chat,${recent},ai\n`,
    })
    await runCli('load', 'canonical', file, '--home', home)
    const apply = (...more: string[]) => runCli('retention', 'apply', '--home', home, '--json', ...more)
    expect(JSON.parse((await apply('--months', '24', '--dry-run')).stdout)).toMatchObject({
      isDryRun: true,
      snapshots: [{ id: 1, contactCount: 1 }],
    })
    expect(await rowsOf(home, 'SELECT count(*) FROM interactions')).toEqual([['2']])
    expect(JSON.parse((await apply('--months', '24')).stdout)).toMatchObject({
      snapshots: [{ id: 1, contactCount: 1 }],
    })
    expect(await rowsOf(home, 'SELECT interaction_id FROM interactions')).toEqual([['new']])
    expect(await rowsOf(home, 'SELECT DISTINCT interaction_type, count(*) FROM restatements GROUP BY 1')).toEqual([])
    expect(JSON.parse((await apply('--months', '24')).stdout)).toMatchObject({ snapshots: [] })
    expect(await apply('--months', '5')).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('183 days') })
    expect(await runCli('audit', 'verify', '--home', home)).toMatchObject({ exitCode: 0 })
  }, 60_000)
})
