import { realpathSync } from 'node:fs'
import { delimiter, sep } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'

/** The folders from the flags, else from OVERSIGHT_ALLOWED_FOLDERS (separated as in PATH). None: any folder will do. */
export function allowedFolders(flags: readonly string[] | undefined): string[] {
  return [...(flags ?? process.env.OVERSIGHT_ALLOWED_FOLDERS?.split(delimiter) ?? [])].filter((each) => each !== '')
}

/**
 * Refuses files that really lie outside the allowed folders, whatever their path says: `..` and symbolic links are
 * followed first. Throws not_found for a folder or file that is not there, bad_input for a file outside.
 */
export function checkAllowedFolders(files: readonly string[], folders: readonly string[]): void {
  if (folders.length === 0) return
  const roots = folders.map((folder) => `${real(folder)}${sep}`)
  for (const file of files) {
    const path = `${real(file)}${sep}`
    if (!roots.some((root) => path.startsWith(root))) {
      throw new OversightError(
        'bad_input',
        `${file}: lies outside the folders from which files may be loaded (${folders.join(', ')}), or is a link that leads out of them.`,
      )
    }
  }
}

function real(path: string): string {
  try {
    return realpathSync(path)
  } catch (cause) {
    throw new OversightError('not_found', `${path}: there is no such file or folder.`, { cause })
  }
}
