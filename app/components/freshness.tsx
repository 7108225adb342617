import { formatDay, formatInstant } from '#models/format-metric.ts'
import type { Freshness as FreshnessState } from '../shell.server.ts'
import { Status } from './status.tsx'

/** How far the data reaches, beside every number. */
export function Freshness({ freshness }: { freshness: FreshnessState }) {
  if (freshness.state === 'failed') {
    return (
      <p className="fresh" title={freshness.message}>
        <Status kind="fail" word="Data cannot be read" />
      </p>
    )
  }
  if (freshness.state === 'empty' || freshness.loadedThrough === null)
    return <p className="fresh">No data loaded yet</p>
  const { loadedThrough, matureThrough, timeZone } = freshness
  return (
    <p className="fresh">
      <span>
        Loaded through <b>{formatInstant(loadedThrough, timeZone)}</b>
        {matureThrough === null ? null : (
          <>
            , mature through <b>{formatDay(matureThrough, timeZone)}</b>
          </>
        )}
      </span>
    </p>
  )
}
