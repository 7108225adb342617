import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHome, openHome, openOrCreateHome } from '#app/home.ts'
import { temporaryFolder } from '#test/build/load-files.ts'

describe('the home folder', () => {
  it('opens as it was made', () => {
    const directory = join(temporaryFolder(), 'home')
    const made = createHome(directory, { reportingTimeZone: 'Europe/Berlin' })
    expect(openHome(directory)).toEqual(made)
    expect(openOrCreateHome(directory).reportingTimeZone).toBe('Europe/Berlin')
  })

  it('says what is wrong with a configuration that cannot be read', () => {
    const directory = join(temporaryFolder(), 'home')
    mkdirSync(directory)
    const file = join(directory, 'home.json')
    for (const text of ['{bad', '{}', '{"version":1,"reportingTimeZone":"Mars/X","isDemonstration":false}']) {
      writeFileSync(file, text)
      expect(() => openHome(directory)).toThrow(expect.objectContaining({ name: 'OversightError', code: 'bad_input' }))
    }
  })

  it('says what stands in the way of its folders, and what to do', () => {
    const directory = join(temporaryFolder(), 'home')
    createHome(directory)
    rmSync(join(directory, 'rejects'), { recursive: true })
    writeFileSync(join(directory, 'rejects'), '')
    expect(() => openHome(directory)).toThrow(/home cannot be used as an Oversight home: EEXIST.+rejects.+--home/)
  })

  it('says so where no folder can be made', () => {
    const file = join(temporaryFolder(), 'file')
    writeFileSync(file, '')
    for (const directory of [file, join(file, 'home')]) {
      expect(() => openOrCreateHome(directory)).toThrow(/cannot be made an Oversight home/)
    }
  })

  it.skipIf(!existsSync('/proc/self'))('says so where a folder looks writable and nothing can be made', () => {
    for (const directory of ['/proc/oversight-home', '/proc/oversight-home/of/ours']) {
      expect(() => openOrCreateHome(directory)).toThrow(/cannot be made an Oversight home/)
    }
  })
})
