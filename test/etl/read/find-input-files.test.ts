import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findInputFiles } from '#etl/read/find-input-files.ts'
import { findSourceFolder } from '#etl/source-folder.ts'
import { temporaryFolder } from '#test/build/load-files.ts'

const source = findSourceFolder('canonical')

/** A folder with empty files of these names. */
function folderOf(...names: string[]): string {
  const folder = temporaryFolder()
  for (const name of names) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), '')
  }
  return folder
}

async function found(...given: string[]): Promise<string[]> {
  return (await findInputFiles(source, given)).files
}

describe('findInputFiles', () => {
  it('takes a folder with all below it, sorted by path, as far as names fit the source; hidden and unfinished files are not looked at', async () => {
    const folder = folderOf(
      'interactions-2.csv',
      'interactions-1.csv.gz',
      '2026/07/escalations.parquet',
      'readme.md',
      '.interactions.csv',
      '.old/interactions.csv',
      'interactions-3.csv.part',
    )
    const { files, warnings } = await findInputFiles(source, [folder])
    expect(files).toEqual(
      ['2026/07/escalations.parquet', 'interactions-1.csv.gz', 'interactions-2.csv'].map((name) => join(folder, name)),
    )
    expect(warnings).toEqual([`Left out, because source canonical takes no such files: ${join(folder, 'readme.md')}.`])
  })

  it('takes a pattern as a shell would, and ** through all folders', async () => {
    const folder = folderOf('a/interactions.csv', 'a/deep/interactions.csv', 'b/interactions.csv', 'b/escalations.csv')
    const paths = (...names: string[]) => names.map((name) => join(folder, name))
    expect(await found(join(folder, '*/interactions.csv'))).toEqual(paths('a/interactions.csv', 'b/interactions.csv'))
    expect(await found(join(folder, '{b,c}'))).toEqual(paths('b/escalations.csv', 'b/interactions.csv'))
    const all = paths('a/deep/interactions.csv', 'a/interactions.csv', 'b/escalations.csv', 'b/interactions.csv')
    expect(await found(join(folder, '**'))).toEqual(all)
    expect(await found(folder, join(folder, '**/*.csv'))).toEqual(all)
  })

  it('keeps the order of the arguments, and a file once that several of them mean', async () => {
    const folder = folderOf('interactions-1.csv', 'interactions-2.csv')
    const second = join(folder, 'interactions-2.csv')
    expect(await found(second, folder)).toEqual([second, join(folder, 'interactions-1.csv')])
  })

  it('takes a file that is there by its name, even where the name looks like a pattern or fits no entry', async () => {
    const folder = folderOf('interactions[1].csv', 'interactions1.csv', 'other.csv')
    const named = ['interactions[1].csv', 'other.csv', 'missing.csv'].map((name) => join(folder, name))
    expect(await findInputFiles(source, named)).toEqual({ files: named, warnings: [] })
  })

  it('follows links to files, not to folders', async () => {
    const folder = folderOf('inbox/interactions-1.csv', 'elsewhere/interactions-2.csv')
    symlinkSync(join(folder, 'elsewhere'), join(folder, 'inbox', 'link'))
    symlinkSync(join(folder, 'elsewhere', 'interactions-2.csv'), join(folder, 'inbox', 'interactions-2.csv'))
    symlinkSync(join(folder, 'inbox'), join(folder, 'inbox', 'loop'))
    const inbox = join(folder, 'inbox')
    expect(await found(inbox)).toEqual([join(inbox, 'interactions-1.csv'), join(inbox, 'interactions-2.csv')])
  })

  it('refuses a folder or pattern without a file for the source, and says what is there', async () => {
    const folder = folderOf('notes.txt')
    const refused = (given: string) => expect(findInputFiles(source, [given])).rejects
    await refused(folder).toThrow(
      `${folder}: there is no file for source canonical among ${join(folder, 'notes.txt')}. The source takes: interactions*`,
    )
    await refused(join(folder, '*.csv')).toThrow('no file matches this pattern')
    await refused(temporaryFolder()).toThrow('there is no file in this folder')
  })

  it('names at most 20 of the files left out', async () => {
    const folder = folderOf('interactions.csv', ...Array.from({ length: 30 }, (_, index) => `other-${index}.csv`))
    const { warnings } = await findInputFiles(source, [folder])
    expect(warnings).toEqual([expect.stringMatching(/ and 10 more\.$/)])
  })
})

const isRoot = process.getuid?.() === 0

describe.skipIf(isRoot)(`folders that may not be read${isRoot ? ' (skipped: root may read everything)' : ''}`, () => {
  it('are refused when given, and named when they lie below, instead of counting as empty', async () => {
    const folder = folderOf('interactions.csv', 'closed/interactions.csv')
    const closed = join(folder, 'closed')
    chmodSync(closed, 0)
    await expect(findInputFiles(source, [closed])).rejects.toThrow(`${closed}: may not be read by the user that loads`)
    expect(await findInputFiles(source, [folder])).toEqual({
      files: [join(folder, 'interactions.csv')],
      warnings: [`Left out, because the user that loads may not read these folders: ${closed}.`],
    })
    chmodSync(closed, 0o700)
  })
})
