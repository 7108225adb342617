import { accessSync, constants, existsSync, lstatSync, type Stats, statSync } from 'node:fs'
import { glob } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'
import { isIgnoredFile, type SourceFolder, takesFile } from '../source-folder.ts'
import { plainNameOf, unreadable } from './input-file.ts'
import { listNames } from './list-names.ts'

/** Names of files that somebody is still writing. */
const unfinished = /\.(part|partial|tmp)$/

/**
 * The files that the arguments of a load mean, in the order of the arguments and by path within one. A file is itself,
 * whatever its name; a folder is the files below it, and a pattern those that it matches, as far as the source takes
 * files of such names. Names that begin with a dot, or end in .part, .partial or .tmp, are not looked at; links to folders
 * are not followed.
 * Throws bad_input for a folder or pattern without a file for the source, and for a folder that may not be read. The
 * warnings name what was left out, folders below that may not be read among it.
 */
export async function findInputFiles(
  source: SourceFolder,
  given: readonly string[],
): Promise<{ files: string[]; warnings: string[] }> {
  const files: string[] = []
  const found = new Set<string>()
  const leftOut = new Set<string>()
  const closed = new Set<string>()
  for (const argument of given) {
    const isFolder = findEntry(argument)?.isDirectory() === true
    if (!isFolder && (existsSync(argument) || !isPattern(argument))) {
      files.push(argument)
      found.add(resolve(argument))
      continue
    }
    const paths = isFolder ? await filesBelow(argument, closed) : await filesMatching(argument, closed)
    const taken = paths.filter((path) => isTaken(source, path))
    if (taken.length === 0) throw noFile(source, argument, isFolder, paths)
    for (const path of paths) if (!taken.includes(path)) leftOut.add(path)
    for (const path of taken) {
      if (!found.has(resolve(path))) files.push(path)
      found.add(resolve(path))
    }
  }
  const names = [...leftOut].filter((path) => !found.has(resolve(path)))
  return {
    files,
    warnings: [
      ...(names.length === 0
        ? []
        : [`Left out, because source ${source.name} takes no such files: ${listNames(names)}.`]),
      ...(closed.size === 0
        ? []
        : [`Left out, because the user that loads may not read these folders: ${listNames([...closed].sort())}.`]),
    ],
  }
}

/** What is there; undefined for nothing, and for what cannot be reached, such as a loop of links: reading it says why. */
function findEntry(path: string): Stats | undefined {
  try {
    return statSync(path)
  } catch {
    return undefined
  }
}

function isPattern(argument: string): boolean {
  return /[*?[\]{}]/.test(argument)
}

/** A broken link is taken when its name is right: reading it then says what is wrong. */
function isTaken(source: SourceFolder, path: string): boolean {
  const isFile = findEntry(path)?.isFile() ?? true
  const name = plainNameOf(path)
  return isFile && (takesFile(source, name) || isIgnoredFile(source, name))
}

async function filesBelow(folder: string, closed: Set<string>): Promise<string[]> {
  if (!isReadable(folder)) throw unreadable(folder)
  return plainPaths(glob('**', { cwd: folder }), folder, closed)
}

/** As a shell would: a folder that the pattern matches is a folder given, unless the pattern itself reaches into folders. */
async function filesMatching(pattern: string, closed: Set<string>): Promise<string[]> {
  const paths: string[] = []
  for await (const path of glob(pattern)) {
    if (!pattern.includes('**') && findEntry(path)?.isDirectory()) {
      paths.push(...(await filesBelow(path, closed)))
    } else paths.push(path)
  }
  return plainPaths(paths, '', closed)
}

/** The search passes over other folders as if they were empty, and their files would be missing without a word. */
function isReadable(folder: string): boolean {
  try {
    accessSync(folder, constants.R_OK | constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** Sorted by path, without folders and unfinished files. Folders that may not be read are added to `closed`. */
async function plainPaths(
  paths: AsyncIterable<string> | readonly string[],
  folder: string,
  closed: Set<string>,
): Promise<string[]> {
  const kept: string[] = []
  for await (const each of paths) {
    const path = folder === '' ? each : join(folder, each)
    if (findEntry(path)?.isDirectory()) {
      if (!isReadable(path) && !lstatSync(path).isSymbolicLink()) closed.add(path)
      continue
    }
    if (unfinished.test(path)) continue
    kept.push(path)
  }
  return kept.sort()
}

function noFile(source: SourceFolder, argument: string, isFolder: boolean, paths: readonly string[]): OversightError {
  const patterns = source.files.flatMap(({ match }) => match).join(', ')
  const what =
    paths.length > 0
      ? `there is no file for source ${source.name} among ${listNames(paths)}`
      : isFolder
        ? 'there is no file in this folder'
        : 'no file matches this pattern'
  return new OversightError(
    'bad_input',
    `${argument}: ${what}. The source takes: ${patterns} (each also with .gz or .zst).`,
  )
}
