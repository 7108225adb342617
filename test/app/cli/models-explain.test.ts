import { describe, expect, it } from 'vitest'
import { metrics } from '#models/metrics.ts'
import { runCli } from '../../build/run-cli.ts'

describe('oversight models explain', () => {
  it('prints definition, SQL and lineage, before anything was loaded', async () => {
    const { exitCode, stdout } = await runCli('models', 'explain', 'repeat_contact_rate_7d', '--home', 'no-such-home')
    expect(exitCode).toBe(0)
    expect(stdout).toContain(metrics.repeat_contact_rate_7d.why)
    expect(stdout).toMatch(/lead\(/)
    expect(stdout).toMatch(/monthly_metrics <- daily_counts \(.*repeat_7d_count/)
  })

  it('names the metrics that there are when it does not know one', async () => {
    const { exitCode, stderr } = await runCli('models', 'explain', 'happiness')
    expect(exitCode).toBe(2)
    expect(stderr).toContain('durable_resolution_rate')
  })
})
