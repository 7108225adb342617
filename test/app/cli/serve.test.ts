import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'

const program = join(process.cwd(), 'app', 'cli', 'oversight.ts')

describe('a port that is none', () => {
  it.each(['start', 'serve'])(
    'ends %s with code 2, whether it is an option or the variable PORT',
    (command) => {
      const run = (args: string[], PORT?: string) =>
        spawnSync(process.execPath, [program, command, '--home', 'no-such-home', ...args], {
          encoding: 'utf8',
          env: { ...process.env, ...(PORT === undefined ? {} : { PORT }) },
        })
      for (const result of [run(['--port', '99999']), run([], '80a'), run([], '')]) {
        expect(result.status).toBe(2)
        expect(result.stderr).toContain('A port is a whole number from 0 to 65535.')
      }
    },
    60_000,
  )
})
