import { describe, expect, it } from 'vitest'
import { temporaryFiles, temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const contacts =
  'source,interaction_id,interaction_type,channel,started_at,handled_by\ndesk,c1,x,chat,2026-01-05T09:00:00Z,ai\n'

describe('loaded through, from the command line', () => {
  it('is declared for one load, and shown by its report and the list of runs', async () => {
    const home = temporaryFolder()
    const [file = ''] = temporaryFiles({ 'interactions.csv': contacts })
    const loaded = await runCli('load', 'canonical', file, '--loaded-through', '2026-01-31', '--home', home)
    expect(loaded).toMatchObject({ exitCode: 0 })
    expect(loaded.stdout).toContain('mature through 2026-02-01T00:00:00.000Z.')
    expect(loaded.stdout).toContain('  desk: through 2026-02-01T00:00:00.000Z, as declared')
    expect((await runCli('runs', '--home', home)).stdout).toContain('loaded through 2026-02-08T00:00:00.000Z')
    expect(await runCli('load', 'canonical', file, '--loaded-through', 'January')).toMatchObject({ exitCode: 2 })
    expect(
      await runCli('load', 'canonical', '--watch', home, '--loaded-through', '2026-01-31', '--home', home),
    ).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('leave --loaded-through out') })
  }, 60_000)

  it('stops where a live source stopped, and doctor says so until it is live no more', async () => {
    const home = temporaryFolder()
    const [file = ''] = temporaryFiles({ 'interactions.csv': contacts })
    await runCli('load', 'canonical', file, '--live', '--home', home)
    const examined = await runCli('doctor', '--home', home)
    expect(examined.exitCode).toBe(1)
    expect(examined.stdout).toMatch(
      /FAILED {2}sources: live source desk stopped delivering at 2026-01-05T09:00:00.000Z\n\s+Numbers mature no further/,
    )
    await runCli('load', 'canonical', file, '--no-live', '--home', home)
    expect(await runCli('doctor', '--home', home)).toMatchObject({ exitCode: 0 })
  }, 60_000)
})
