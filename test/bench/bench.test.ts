import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isOver } from './limit.ts'

const bench = (...args: string[]) =>
  spawnSync(process.execPath, [join('test', 'bench', 'bench.ts'), ...args], { encoding: 'utf8' })

describe('the bench', () => {
  it('runs a bench by name and says of each limit whether it holds', () => {
    const { stdout, status } = bench('decisions', '--replicates', '40', '--json')
    const { bench: name, limits } = JSON.parse(stdout)
    expect(name).toBe('decisions')
    expect(limits.map((line: { name: string }) => line.name)).toEqual([
      'let_through_at_limit',
      'let_through_at_half_limit',
    ])
    const isAnyOver = limits.some((line: { verdict: string }) => line.verdict === 'over')
    expect(status).toBe(isAnyOver ? 1 : 0)
  })

  it('prints one line per limit: name, value, limit, ok or over', () => {
    const { stdout } = bench('decisions', '--replicates', '5')
    const lines = stdout.trimEnd().split('\n')
    expect(lines).toHaveLength(2)
    for (const line of lines) expect(line).toMatch(/^\w+ [\d.]+ [\d.]+ (ok|over)$/)
  })

  it('gives the same numbers for the same seed', () => {
    const once = bench('decisions', '--replicates', '20', '--seed', '5').stdout
    expect(bench('decisions', '--replicates', '20', '--seed', '5').stdout).toBe(once)
  })

  it('warnings: gives false alarms and a planted change for every sign', () => {
    const { stdout } = bench('warnings', '--years', '2')
    const names = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(' ')[0] ?? '')
    for (const sign of [
      'csat_down_ai_up',
      'repeat_contact_up',
      'unexpected_escalation_up',
      'reviews_skipped_or_late',
      'error_rate_unknown',
    ]) {
      expect(names.some((name) => name.startsWith(`${sign}.false_alarms_a_year.`))).toBe(true)
      expect(names.some((name) => name.startsWith(`${sign}.found_within_6_months.`))).toBe(true)
    }
  }, 30_000)

  it('answers a wrong name or option with what there is, and code 2', () => {
    expect(bench('nothing')).toMatchObject({ status: 2, stdout: '' })
    expect(bench('decisions', '--repeat', '3')).toMatchObject({ status: 2, stdout: '' })
    expect(bench('nothing').stderr).toContain('decisions')
  })
})

describe('isOver', () => {
  it('judges from the side that counts, and never lets a missing number through', () => {
    expect(isOver({ name: 'a', value: 2, limit: 2, side: 'at-most' })).toBe(false)
    expect(isOver({ name: 'a', value: 3, limit: 2, side: 'at-most' })).toBe(true)
    expect(isOver({ name: 'a', value: 1, limit: 2, side: 'at-least' })).toBe(true)
    expect(isOver({ name: 'a', value: Number.NaN, limit: 2, side: 'at-least' })).toBe(true)
    expect(isOver({ name: 'a', value: Number.NaN, limit: 2, side: 'at-most' })).toBe(true)
  })
})
