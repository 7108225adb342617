import { runtime } from './runtime.server.ts'
import { snapshotInfo } from './warehouse.server.ts'

/** The zone of everything shown: that of the data, else the one the home was made with. */
export async function reportingTimeZone(): Promise<string> {
  return (await snapshotInfo())?.reportingTimeZone ?? runtime().home.reportingTimeZone
}
