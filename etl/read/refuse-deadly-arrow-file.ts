import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { OversightError } from '#models/oversight-error.ts'
import type { ArrowInput } from './arrow-batches.ts'

const probe = fileURLToPath(new URL('./probe-arrow-file.ts', import.meta.url))
/** Of what describes the file; the rows themselves lie outside the heap. A sound file takes some 20 MB. */
const heapMegabytes = 256
const minimumSeconds = 60
/** Disks read a hundred times as fast. */
const bytesPerSecond = 1_000_000

/**
 * Refuses a file that the Arrow library cannot read without eating all memory or all time. The library believes every
 * count that a file states of its own parts, so six damaged bytes make it list two thousand million fields, and the
 * process ends. Reading the file once in a process with little memory costs less than checking the counts ourselves
 * would cost in code, and holds for the ways nobody thought of too.
 * Throws bad_input, without the name of the file.
 */
export async function refuseDeadlyArrowFile(input: ArrowInput): Promise<void> {
  const { path, byteCount, maximumUnpackedBytes } = input
  const options = [
    `--max-old-space-size=${heapMegabytes}`,
    probe,
    path,
    String(byteCount),
    String(maximumUnpackedBytes),
  ]
  const seconds = minimumSeconds + Math.ceil(byteCount / bytesPerSecond)
  const child = spawn(process.execPath, options, {
    stdio: 'ignore',
    timeout: seconds * 1000,
    killSignal: 'SIGKILL',
  })
  const [exitCode] = await once(child, 'exit')
  if (exitCode === 0) return
  throw new OversightError(
    'bad_input',
    'is damaged: what it says of its own parts cannot be true (reading it took all memory or time)',
  )
}
