import { OversightError } from '#models/oversight-error.ts'

/**
 * What an error of the file system or the engine means for the operator: a disk that is full, a folder that cannot be
 * written, memory that does not suffice. Undefined for every other error. Messages of causes count too: the engine words such errors itself, and a
 * file that stops in the middle of reading looks malformed.
 */
export function storageError(error: unknown, directory: string): OversightError | undefined {
  const texts: string[] = []
  for (let each: unknown = error; each instanceof Error; each = each.cause) {
    texts.push('code' in each ? String(each.code) : '', each.message)
  }
  const text = texts.join('\n')
  const stays = 'Nothing was published and the last snapshot stays.'
  if (/ENOSPC|SQLITE_FULL|No space left|database or disk is full|max_temp_directory_size/i.test(text)) {
    return new OversightError(
      'load_refused',
      `The disk of ${directory} is full. ${stays} Free some space, for example with "oversight snapshots prune", and load again.`,
      { cause: error },
    )
  }
  if (
    /EROFS|EACCES|EPERM|SQLITE_READONLY|SQLITE_CANTOPEN|Read-only file system|attempt to write a readonly/i.test(text)
  ) {
    return new OversightError(
      'load_refused',
      `${directory} cannot be written. ${stays} Give the user that loads the right to write there, and load again.`,
      { cause: error },
    )
  }
  if (/Out of Memory/i.test(text)) {
    return new OversightError(
      'load_refused',
      `The engine needs more memory than it may take. ${stays} Give it more with --memory, or load less at once.`,
      { cause: error },
    )
  }
  return undefined
}
