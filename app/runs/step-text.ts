import type { RunningLoad } from './running-load.ts'

const phases: Readonly<Record<RunningLoad['phase'], string>> = {
  make: 'making',
  prepare: 'preparing',
  read: 'reading',
  parse: 'parsing',
  check: 'checking',
  merge: 'merging',
  models: 'models:',
  publish: 'publishing',
}

/** What a load is doing: checking interactions. */
export function stepText({ phase, what }: Pick<RunningLoad, 'phase' | 'what'>): string {
  return `${phases[phase]} ${what}`
}
