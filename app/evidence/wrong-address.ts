import type { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

/**
 * What is wrong with an address: each value that cannot be used, with those that can. `what` it spoils: "This list cannot
 * be made". `rules`: what is possible where it is no choice.
 */
export function wrongAddress(
  what: string,
  { issues }: z.ZodError,
  search: URLSearchParams,
  rules: Readonly<Record<string, string>>,
): OversightError {
  const said = issues.map((issue) => {
    const name = issue.path.join('.')
    const possible = issue.code === 'invalid_value' ? issue.values.join(', ') : rules[name]
    const known = possible === undefined ? '' : `; possible: ${possible}`
    return `${name} cannot be \u201c${(search.get(name) ?? '').slice(0, 100)}\u201d${known}.`
  })
  return new OversightError('bad_input', `${what}: ${said.join(' ')}`)
}
