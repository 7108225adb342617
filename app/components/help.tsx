import { useId } from 'react'
import { metricSentences } from '#models/metric-sentences.ts'
import { type MetricId, metrics } from '#models/metrics.ts'

interface HelpProps {
  /** What is explained, for the name of the button. */
  of: string
  /** One plain sentence. */
  children: string
}

/**
 * A question mark that opens one sentence: a popover of the browser's own, so that keyboard, touch and Escape work without
 * scripts, and no table cuts it off.
 */
export function Help({ of, children }: HelpProps) {
  const id = `help${useId().replaceAll(':', '-')}`
  return (
    <>
      <button type="button" className="help" aria-label={`Help: ${of}`} {...{ popovertarget: id }}>
        <span aria-hidden="true">?</span>
      </button>
      <span id={id} className="help-text" role="note" {...{ popover: 'auto' }}>
        {children}
      </span>
    </>
  )
}

/** The sentence of the metric catalogue. */
export function MetricHelp({ metric }: { metric: MetricId }) {
  return <Help of={metrics[metric].label}>{metricSentences[metric]}</Help>
}
