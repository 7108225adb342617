import { OversightError } from '#models/oversight-error.ts'
import { type NoteSigner, type NoteVerifier, openNote, signNote } from './signed-note.ts'

/** A tree head: whose log, how many leaves, which root. */
export interface TreeHead {
  origin: string
  size: number
  root: Buffer
}

/** C2SP tlog-checkpoint: the body that is signed. */
function checkpointBody(head: TreeHead): string {
  return `${head.origin}\n${head.size}\n${head.root.toString('base64')}\n`
}

export function signCheckpointNote(head: TreeHead, signer: NoteSigner): string {
  return signNote(checkpointBody(head), signer)
}

/** Checks the signature and reads the tree head. Throws trail_broken. */
export function openCheckpoint(note: string, verifier: NoteVerifier): TreeHead {
  const lines = openNote(note, verifier).split('\n')
  const [origin, sizeText, rootText] = lines
  const root = Buffer.from(rootText ?? '', 'base64')
  const isWellFormed =
    origin === verifier.name && /^(0|[1-9]\d{0,15})$/.test(sizeText ?? '') && root.toString('base64') === rootText
  if (!isWellFormed || root.length !== 32) {
    throw new OversightError('trail_broken', 'The note is signed but is no checkpoint of this log.')
  }
  return { origin, size: Number(sizeText), root }
}
