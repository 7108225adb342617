import type { Run } from './run-log.ts'

const remedies: Readonly<Record<string, string>> = {
  bad_input: 'Mend the file or the source folder as the message says, then load again. What is served was not touched.',
  load_refused:
    'Do what the message says. Where rows were refused, "oversight quarantine values" shows them: mend the file or the mapping, or allow more of them.',
  conflict: 'Another load was running. Load again.',
  not_found: 'Check the path of the file.',
  killed:
    'Load the same files again: what is served is whole, and the next load removes what this one left. When it keeps happening, look for what ends it (a time limit, too little memory).',
}

/** What to do about a run that did not publish; null for one that did. */
export function runRemedy({ outcome, errorCode }: Pick<Run, 'outcome' | 'errorCode'>): string | null {
  if (outcome === 'published') return null
  return (
    remedies[errorCode ?? ''] ??
    'What is served was not touched. Look at "oversight doctor", mend what it finds, then load again.'
  )
}
