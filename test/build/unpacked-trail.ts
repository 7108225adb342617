import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Runs the verifier that lies in the unpacked trail itself, in a process that has nothing of ours. */
export function verifyUnpacked(folder: string): { exitCode: number | null; output: string } {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['verify.mjs', '.'], { cwd: folder, encoding: 'utf8' })
  return { exitCode: status, output: stdout + stderr }
}

/** Flips one bit of one event in the unpacked trail. */
export function changeOneByte(folder: string): void {
  const entries = join(folder, 'tile', 'entries')
  const [file] = readdirSync(entries, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile())
  if (file === undefined) throw new Error(`${entries} holds no events`)
  const path = join(file.parentPath, file.name)
  const bytes = readFileSync(path)
  bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
  writeFileSync(path, bytes)
}
