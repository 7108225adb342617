import { existsSync, readFileSync } from 'node:fs'
import { open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

/** Beside the snapshots and not in them, so that a return to an older one brings no old contact back. */
const fileName = 'retention.json'
const content = z.object({ before: z.iso.datetime().transform((text) => new Date(text)) })

/**
 * Contacts that started before this were removed for their age and stay away; null when none ever were.
 * Throws internal when the file cannot be read: whatever it kept away would come back.
 */
export function retentionBoundary(warehouseDirectory: string): Date | null {
  const path = join(warehouseDirectory, fileName)
  if (!existsSync(path)) return null
  try {
    return content.parse(JSON.parse(readFileSync(path, 'utf8'))).before
  } catch (cause) {
    throw new OversightError(
      'internal',
      `${path} does not tell from when on contacts are kept. Run "oversight retention apply" again, or restore it from a backup.`,
      { cause },
    )
  }
}

/** Puts a boundary in force for later loads, and returns once it is on the disk. The latest holds, also an earlier one. */
export async function putRetentionInForce(warehouseDirectory: string, before: Date): Promise<void> {
  const path = join(warehouseDirectory, fileName)
  const handle = await open(`${path}.part`, 'w', 0o600)
  try {
    await handle.writeFile(`${JSON.stringify({ before: before.toISOString() })}\n`)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(`${path}.part`, path)
}
