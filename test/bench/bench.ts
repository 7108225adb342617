import { readdirSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Bench, isOver } from './limit.ts'

/**
 * npm run -s bench -- <name> [--option value]... [--json]
 * One line per limit, `name value limit ok|over`. Exit code 0 when all hold, 1 when one is over, 2 for wrong usage.
 */
const own = new Set(['bench.ts', 'limit.ts'])
const names = readdirSync(new URL('.', import.meta.url))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !own.has(file))
  .map((file) => file.slice(0, -'.ts'.length))
  .sort()

const [name, ...rest] = process.argv.slice(2)
if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Usage: npm run -s bench -- <name> [--json]. There are: ${names.join(', ')}.\n`)
  process.exitCode = 2
} else {
  const { bench } = (await import(`./${name}.ts`)) as { bench: Bench }
  const options = readOptions(bench)
  if (options !== undefined) {
    const { json, ...given } = options
    const measured = await bench.run({ ...bench.defaults, ...given })
    const lines = measured.map((one) => ({ ...one, verdict: isOver(one) ? 'over' : 'ok' }))
    process.stdout.write(
      json === undefined
        ? lines.map((line) => `${line.name} ${line.value} ${line.limit} ${line.verdict}\n`).join('')
        : `${JSON.stringify({ bench: name, limits: lines }, null, 2)}\n`,
    )
    if (measured.some(isOver)) process.exitCode = 1
  }
}

function readOptions(bench: Bench): Record<string, string> | undefined {
  const known = Object.keys(bench.defaults)
  try {
    const { values } = parseArgs({
      args: rest,
      options: {
        json: { type: 'boolean' },
        ...Object.fromEntries(known.map((option) => [option, { type: 'string' as const }])),
      },
    })
    return Object.fromEntries(Object.entries(values).map(([key, value]) => [key, String(value)]))
  } catch (error) {
    process.stderr.write(
      `${error instanceof Error ? error.message : error}\nOptions of ${name}: ${known.map((option) => `--${option}`).join(', ') || 'none'}, --json.\n`,
    )
    process.exitCode = 2
    return undefined
  }
}
