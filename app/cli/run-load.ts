import { userInfo } from 'node:os'
import type { LoadOptions } from '#etl/load.ts'
import type { LoadReport } from '#etl/load-report.ts'
import { homeDirectory, openOrCreateHome } from '../home.ts'
import { followPublishOf } from './follow-publish.ts'
import { levelsInForce } from './levels-in-force.ts'
import { pseudonymKey } from './pseudonym-key.ts'
import { createProgressLine } from './report/progress-line.ts'
import { recordRun } from './run-log.ts'

/**
 * One load into a home, with progress on standard error and a line in the log of runs however it ends. Once published,
 * governance follows: trip-wires, and the evidence of open reviews.
 */
export async function runLoad(
  flag: string | undefined,
  what: Pick<LoadOptions, 'source' | 'files'> & Partial<LoadOptions>,
): Promise<LoadReport> {
  const { load } = await import('#etl/load.ts')
  const home = openOrCreateHome(homeDirectory(flag))
  const startedAt = new Date()
  const progress = createProgressLine()
  const loadedBy = userInfo().username
  let report: LoadReport
  try {
    report = await load({
      warehouseDirectory: home.warehouseDirectory,
      rejectsDirectory: home.rejectsDirectory,
      reportingTimeZone: home.reportingTimeZone,
      loadedBy,
      now: startedAt,
      levelsInForce: await levelsInForce(home),
      ...(what.source.customerIds === 'personal' ? { pseudonymKey: pseudonymKey(home) } : {}),
      onProgress: progress.update,
      ...what,
    })
    recordRun(home, { outcome: 'published', ...report })
  } catch (error) {
    recordRun(home, {
      outcome: 'failed',
      source: what.source.name,
      loadedBy,
      startedAt: startedAt.toISOString(),
      seconds: { total: (Date.now() - startedAt.getTime()) / 1000 },
      files: what.files.map((file) => ({ sourceFile: file })),
      error,
    })
    throw error
  } finally {
    progress.stop()
  }
  await followPublishOf(home)
  return report
}
