import type { ReactNode } from 'react'
import { formatInstant } from '#models/format-metric.ts'
import type { PagePart as Part } from '../page-part.server.ts'
import { State } from './state.tsx'

interface PagePartProps<Value> {
  part: Part<Value>
  /** Subject of the sentence that it cannot be shown: The reasons. */
  what: string
  children: (value: Value) => ReactNode
}

/** A part of a page, or in its place what happened and what to do. */
export function PagePart<Value>({ part, what, children }: PagePartProps<Value>) {
  return part.isShown ? children(part.value) : <FailedPart what={what} failedAt={part.failedAt} />
}

/** Stands where a part of a page would be that could not be read. */
export function FailedPart({ what, failedAt }: { what: string; failedAt: Date }) {
  return (
    <State icon="fail" title={`${what} cannot be shown right now`}>
      <p>
        Everything else on this page is complete. It was logged at {formatInstant(failedAt, 'UTC')}. Load the page
        again; if it stays, tell the operator this time, who finds the reason in the log and with{' '}
        <code>oversight doctor</code>.
      </p>
    </State>
  )
}
