import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { temporaryFolder } from '#test/build/load-files.ts'
import { runCli } from '#test/build/run-cli.ts'

const header = 'source,interaction_id,interaction_type,channel,started_at,handled_by\n'
const row = (id: string) => `${header}desk,${id},x,email,2026-01-05T09:00:00Z,ai\n`

/** A folder of exports, one of them deeper, beside a file that no entry of the source takes. */
function inbox(): string {
  const folder = join(temporaryFolder(), 'inbox')
  mkdirSync(join(folder, 'july'), { recursive: true })
  writeFileSync(join(folder, 'interactions.csv'), row('c1'))
  writeFileSync(join(folder, 'july', 'interactions-july.csv'), row('c2'))
  writeFileSync(join(folder, 'notes.md'), '')
  return folder
}

describe('oversight load of folders and patterns', () => {
  it('loads the files of a folder or a quoted pattern below the allowed folder, and says what it left out', async () => {
    const folder = inbox()
    const home = temporaryFolder()
    const first = await runCli('load', 'canonical', folder, '--home', home, '--allow', folder)
    expect(first).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/interactions +2 +2 +0/) })
    expect(first.stdout).toContain(
      `Warning: Left out, because source canonical takes no such files: ${folder}/notes.md`,
    )
    const second = await runCli('load', 'canonical', `${folder}/**/*.csv`, '--home', home)
    expect(second).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/interactions +2 +0 +2/) })
    expect(second.stdout).not.toContain('Left out')
  })

  it('refuses a folder in which a link leads out of the allowed ones, a folder elsewhere, and one without files for the source', async () => {
    const [folder, elsewhere, home] = [inbox(), inbox(), temporaryFolder()]
    symlinkSync(join(elsewhere, 'interactions.csv'), join(folder, 'interactions-link.csv'))
    for (const given of [folder, elsewhere, `${folder}/*-link.csv`]) {
      expect(await runCli('load', 'canonical', given, '--home', home, '--allow', folder)).toMatchObject({
        exitCode: 1,
        stderr: expect.stringContaining('lies outside the folders from which files may be loaded'),
      })
    }
    const none = await runCli('load', 'canonical', `${folder}/*.parquet`, '--home', home)
    expect(none).toMatchObject({ exitCode: 1, stderr: expect.stringContaining('no file matches this pattern') })
  })

  it('is the same for source check', async () => {
    const folder = inbox()
    const source = 'etl/sources/canonical'
    const checked = await runCli('source', 'check', source, folder)
    expect(checked).toMatchObject({ exitCode: 0, stdout: expect.stringContaining('interactions: 2 rows') })
    expect(checked.stdout).toContain('Left out')
    expect(await runCli('source', 'check', source, folder, '--allow', join(folder, 'july'))).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining('lies outside'),
    })
  })
})
