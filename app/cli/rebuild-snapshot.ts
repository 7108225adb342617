import { homeDirectory, openHome } from '../home.ts'
import { followPublishOf } from './follow-publish.ts'
import { levelsInForce } from './levels-in-force.ts'
import { createProgressLine } from './report/progress-line.ts'

/** Builds the models over the current facts with the levels now in force and publishes; prints the snapshot. */
export async function rebuildSnapshot(flags: { home?: string; json?: true }): Promise<void> {
  const { rebuild } = await import('#etl/rebuild.ts')
  const home = openHome(homeDirectory(flags.home))
  const progress = createProgressLine()
  try {
    const snapshot = await rebuild({
      warehouseDirectory: home.warehouseDirectory,
      reportingTimeZone: home.reportingTimeZone,
      levelsInForce: await levelsInForce(home),
      now: new Date(),
      onProgress: progress.update,
    })
    progress.stop()
    process.stdout.write(
      flags.json ? `${JSON.stringify({ snapshotId: snapshot.id })}\n` : `Published snapshot ${snapshot.id}.\n`,
    )
    await followPublishOf(home)
  } finally {
    progress.stop()
  }
}
