import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { recordLines } from '#etl/read/record-lines.ts'
import { temporaryFiles } from '#test/build/load-files.ts'

const linesOf = async (content: string, records: number[], delimiter: string | null = ',') => {
  const [path = ''] = temporaryFiles({ 'file.txt': content })
  return [...(await recordLines(path, records, delimiter))]
}

describe('the line of a record', () => {
  it('counts line ends inside quoted fields, and empty lines, but not as records', async () => {
    const content = 'id,text\na,one\n\nb,"two\nlines, ""quoted""\n"\nc,three\n'
    expect(await linesOf(content, [1, 2, 3, 4])).toEqual([
      [1, 2],
      [2, 4],
      [3, 7],
    ])
  })

  it.each([
    ['carriage returns only', '\r'],
    ['both', '\r\n'],
  ])('counts lines that end with %s', async (_, end) => {
    expect(await linesOf(['id,text', 'a,"x', 'y"', 'b,z', ''].join(end), [1, 2])).toEqual([
      [1, 2],
      [2, 4],
    ])
  })

  it('takes a quote within an unquoted field for a sign like any other, and a byte order mark for nothing', async () => {
    expect(await linesOf('\uFEFF"id\n",size\na,5" pipe\nb,6""\nc,7\n', [1, 2, 3])).toEqual([
      [1, 3],
      [2, 4],
      [3, 5],
    ])
  })

  it('counts JSON line by line, blank ones not as records', async () => {
    expect(await linesOf('{"a":"\\""}\n \r\n\n{"a":2}\r\n{"a":3}', [1, 2, 3], null)).toEqual([
      [1, 1],
      [2, 4],
      [3, 5],
    ])
  })

  it('is that of a file written field by field, however the fields look and wherever its chunks end', async () => {
    const field = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', 'ü'), maxLength: 6 })
    const record = fc.array(field, { minLength: 2, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ record, blankLines: fc.nat(2) }), { minLength: 1, maxLength: 20 }),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(3),
        async (rows, end, padding) => {
          // The second chunk of a read begins at 1 MiB.
          let text = `h,${'x'.repeat(2 ** 20 - 6 - padding)}${end}`
          const expected: [number, number][] = []
          for (const [index, { record: fields, blankLines }] of rows.entries()) {
            text += end.repeat(blankLines)
            expected.push([index + 1, text.split(/\r\n|\n/).length])
            text += fields.map((each) => `"${each.replaceAll('"', '""')}"`).join(',') + end
          }
          expect(
            await linesOf(
              text,
              expected.map(([number]) => number),
            ),
          ).toEqual(expected)
        },
      ),
      { seed: 20261128, numRuns: 60 },
    )
  })
})
