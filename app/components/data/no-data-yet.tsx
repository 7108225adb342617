import { EmptyState } from '../state.tsx'

/** Before the first load: what to do. */
export function NoDataYet() {
  return (
    <EmptyState title="No data yet">
      <p>
        Load files with <code>oversight load &lt;source&gt; &lt;files&gt;</code>, or make demonstration data with{' '}
        <code>oversight sample</code>.
      </p>
    </EmptyState>
  )
}
