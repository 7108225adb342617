import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { describe, expect, it, onTestFinished } from 'vitest'
import { isLoadLocked, takeLoadLock } from '#models/warehouse/load-lock.ts'
import { temporaryFolder } from './temporary-folder.ts'

const holding = `import { takeLoadLock } from '${import.meta.dirname}/../../../models/warehouse/load-lock.ts'
globalThis.release = takeLoadLock(process.argv[1]); console.log('held'); setInterval(() => {}, 1000)`

describe('the load lock', () => {
  it('is free where nobody ever loaded, held by one, and given back', async () => {
    const directory = await temporaryFolder()
    expect(isLoadLocked(directory)).toBe(false)
    const release = takeLoadLock(directory)
    expect(() => takeLoadLock(directory)).toThrow(/Another load is writing/)
    release()
    expect(isLoadLocked(directory)).toBe(false)
    takeLoadLock(directory)()
  })

  it('is seen from another process, and goes with the process that is killed', async () => {
    const directory = await temporaryFolder()
    const holder = spawn(process.execPath, ['--input-type=module', '-e', holding, directory], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => {
      holder.kill('SIGKILL')
    })
    await once(holder.stdout, 'data')
    expect(isLoadLocked(directory)).toBe(true)
    expect(() => takeLoadLock(directory)).toThrow(/Another load is writing/)
    holder.kill('SIGKILL')
    await once(holder, 'exit')
    expect(isLoadLocked(directory)).toBe(false)
  })

  it('can be taken while somebody looks at it all the time', async () => {
    const directory = await temporaryFolder()
    takeLoadLock(directory)()
    for (let look = 0; look < 50; look += 1) {
      expect(isLoadLocked(directory)).toBe(false)
      takeLoadLock(directory)()
    }
  })
})
