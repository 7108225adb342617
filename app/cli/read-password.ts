import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { OversightError } from '#models/oversight-error.ts'

/**
 * The new password: from OVERSIGHT_PASSWORD, else asked for twice on a terminal without showing it, else the first
 * line of standard input. Never a flag: flags can be read by every process of the machine.
 */
export async function readPassword(): Promise<string> {
  const { OVERSIGHT_PASSWORD: given } = process.env
  if (given !== undefined && given !== '') return given
  if (!process.stdin.isTTY) return (await text(process.stdin)).split(/\r?\n/)[0] ?? ''
  const password = await ask('Password (8 characters or more, 15 recommended): ')
  if ((await ask('The same again: ')) !== password) {
    throw new OversightError('bad_input', 'The two passwords differ. Nothing was added.')
  }
  return password
}

async function ask(question: string): Promise<string> {
  process.stderr.write(question)
  const silent = new Writable({ write: (_chunk, _encoding, done) => done() })
  const reader = createInterface({ input: process.stdin, output: silent, terminal: true })
  try {
    return await reader.question('')
  } finally {
    reader.close()
    process.stderr.write('\n')
  }
}
