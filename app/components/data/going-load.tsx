import { useRevalidator } from '@remix-run/react'
import { useEffect } from 'react'
import { countOf, formatInstant, formatShare } from '#models/format-metric.ts'
import type { GoingLoadView } from '../../data/run-view.ts'

const askMilliseconds = 2000
const reloadSeconds = 10

/** A load at work: what it does, how far that is, and since when. Asks again by itself, without scripts too. */
export function GoingLoad({ load, timeZone }: { load: GoingLoadView; timeZone: string }) {
  const { revalidate, state } = useRevalidator()
  useEffect(() => {
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible' && state === 'idle') revalidate()
    }, askMilliseconds)
    return () => clearInterval(timer)
  }, [revalidate, state])
  return (
    <section aria-labelledby="going">
      <noscript>
        <meta httpEquiv="refresh" content={String(reloadSeconds)} />
      </noscript>
      <div className="head">
        <h2 id="going">A load is going</h2>
        <p>This page follows it by itself; what is served stays until it has published</p>
      </div>
      <dl className="facts record">
        <dt>Step</dt>
        <dd>
          {load.step}
          {load.share === null ? null : (
            <>
              {' '}
              <progress max={1} value={load.share} aria-label="Share of this step" /> {formatShare(load.share, 0)}
            </>
          )}
        </dd>
        <dt>Rows checked so far</dt>
        <dd>{load.rowCount === 0 ? 'none yet' : countOf(load.rowCount, 'row')}</dd>
        <dt>Running for</dt>
        <dd>
          {load.running}, since {formatInstant(load.startedAt, timeZone)}
        </dd>
        <dt>Source</dt>
        <dd>
          {load.source}, {countOf(load.fileCount, 'file')}, by {load.loadedBy}
        </dd>
      </dl>
    </section>
  )
}
