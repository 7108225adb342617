import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

export const manifestFile = 'manifest.json'

/** Where a file of a home may lie; nothing that leads out of it. */
const homePath = z
  .string()
  .regex(/^(warehouse\/|keys\/)?[\w-][\w.-]*$/)
  .refine((path) => !path.includes('..'))

const backupManifest = z.object({
  version: z.literal(1),
  createdAt: z.iso.datetime(),
  /** Events and root of the audit trail as copied; null where the ledger lies on PostgreSQL, or there is none. */
  trail: z.object({ size: z.int().min(0), root: z.string() }).nullable(),
  /** The snapshot that is served; null before the first load. */
  servedSnapshotId: z.int().nullable(),
  /** Whether the secret keys are in it. */
  hasKeys: z.boolean(),
  files: z.array(z.object({ path: homePath, byteCount: z.int().min(0), sha256: z.string().length(64) })).min(1),
})

/** What a backup holds, written last: a folder without it is none. */
export type BackupManifest = z.infer<typeof backupManifest>
export type BackupFile = BackupManifest['files'][number]

/** Throws not_found where there is no backup, bad_input where its manifest cannot be understood. */
export function readManifest(folder: string): BackupManifest {
  const file = join(folder, manifestFile)
  if (!existsSync(file)) {
    throw new OversightError('not_found', `${folder} holds no backup: ${manifestFile} is missing.`)
  }
  let content: unknown
  try {
    content = JSON.parse(readFileSync(file, 'utf8'))
  } catch (cause) {
    throw new OversightError('bad_input', `${file} cannot be read as JSON. Take another backup.`, { cause })
  }
  const parsed = backupManifest.safeParse(content)
  if (!parsed.success) {
    throw new OversightError('bad_input', `${file} is not the manifest of a backup: ${z.prettifyError(parsed.error)}`)
  }
  return parsed.data
}
