import { describe, expect, it } from 'vitest'
import { firstLineNotUtf8 } from '#etl/read/first-line-not-utf8.ts'
import { temporaryFiles } from '#test/build/load-files.ts'

/** The line found in a file with these bytes. */
async function lineOf(...parts: (string | Buffer)[]): Promise<number | undefined> {
  const [file = ''] = temporaryFiles({ 'a.csv': Buffer.concat(parts.map((part) => Buffer.from(part))) })
  return firstLineNotUtf8(file)
}

const latin = Buffer.from('caf\xe9', 'latin1')

describe('firstLineNotUtf8', () => {
  it.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
  ])('counts lines that end in %s, empty ones and those inside quotes too', async (_, end) => {
    expect(await lineOf(`a${end}"b${end}b"${end}${end}`, latin, end)).toBe(5)
  })

  it('finds it on the first line and on a last one that does not end', async () => {
    expect(await lineOf(latin, '\na\n')).toBe(1)
    expect(await lineOf('a\nb\n', latin)).toBe(3)
  })

  it('takes characters of several bytes for whole that lie across two reads', async () => {
    const long = 'ş'.repeat(200_000)
    expect(await lineOf('a', long, '\n', long)).toBeUndefined()
    expect(await lineOf('a', long, '\r', '\n', long, '\n', latin)).toBe(3)
  })
})
