import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'

const directory = join(import.meta.dirname, '..', '..', '..', 'models', 'statistics')

/** Files that hold no statistic: they check, count or draw for those that do. */
const helpers = ['check-arguments.ts', 'rating-counts.ts', 'seeded-random.ts']

it.each(readdirSync(directory).filter((file) => !helpers.includes(file)))(
  '%s says its formula and its source',
  (file) => {
    const comments = [...readFileSync(join(directory, file), 'utf8').matchAll(/\/\*\*[\s\S]*?\*\//g)].join('\n')
    expect(comments).toMatch(/Formula: /)
    expect(comments).toMatch(/Source:|\bmethods\.md \d/)
  },
)
