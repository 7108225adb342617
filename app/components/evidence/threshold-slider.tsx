import { Form } from '@remix-run/react'
import { useId, useState } from 'react'
import { formatPoints, formatShare } from '#models/format-metric.ts'
import type { PlotPlace } from '../../evidence/confidence/confidence-charts.ts'
import type { ThresholdStep } from '../../evidence/confidence/confidence-view.ts'
import { useScope } from '../../evidence/filter/use-scope.ts'
import type { ChartView } from '../../evidence/type/chart-view.ts'
import { Button } from '../button.tsx'
import { ChartFigure } from './chart-figure.tsx'
import type { FileHref } from './chart-saves.tsx'

interface ThresholdSliderProps {
  steps: readonly ThresholdStep[]
  /** The one that the data guarantee; null: none. */
  guaranteed: number | null
  /** Chosen in the address; null: the guaranteed one, else 90 %. */
  chosen: number | null
  month: string
  /** Drawn under the slider, with the chosen threshold ringed. */
  trade: ChartView
  fileHref: FileHref
}

/**
 * What one threshold would do, live: share automated against errors reaching customers. Without scripts the button asks
 * the server for the same numbers.
 */
export function ThresholdSlider({ steps, guaranteed, chosen, month, trade, fileHref }: ThresholdSliderProps) {
  const id = useId()
  const scope = new URLSearchParams(useScope(month))
  const nearest = (value: number) =>
    steps.reduce((best, step, index) => {
      const current = steps[best]
      return current !== undefined && Math.abs(step.threshold - value) < Math.abs(current.threshold - value)
        ? index
        : best
    }, 0)
  const [index, setIndex] = useState(nearest(chosen ?? guaranteed ?? 0.9))
  const step = steps[index]
  if (step === undefined) return null
  const words = `At ${formatShare(step.threshold, step.threshold > 0.99 ? 1 : 0)} and above: ${formatShare(step.shareAutomated)} of reviewed answers automated, ${formatPoints(step.errorsPer100, 2)} errors reaching customers per 100 answers${step.shareAutomated === 0 ? '' : `, ${formatPoints(step.errorsPer100 / step.shareAutomated, 2)} per 100 sent alone`}`
  return (
    <div className="two slid">
      <Form method="get" className="slider" preventScrollReset>
        {[...scope].map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <label htmlFor={id}>The AI acts alone from this confidence on</label>
        <div>
          <input
            id={id}
            type="range"
            name="threshold"
            min={steps[0]?.threshold}
            max={steps.at(-1)?.threshold}
            step="0.005"
            value={step.threshold}
            onChange={(event) => setIndex(nearest(Number(event.currentTarget.value)))}
            aria-valuetext={words}
          />
          <noscript>
            <Button>Show</Button>
          </noscript>
        </div>
        <output htmlFor={id}>
          <b>{words}</b>
          <span className="sub">
            {step.counts}
            {guaranteed === null
              ? '. No threshold is guaranteed.'
              : step.threshold >= guaranteed
                ? '. Within what the data guarantee.'
                : `. Below the guaranteed ${formatShare(guaranteed, guaranteed > 0.99 ? 1 : 0)}: more errors than the limit may get through.`}
          </span>
        </output>
      </Form>
      <ChartFigure
        chart={trade}
        fileHref={fileHref}
        over={{ wide: <Ring at={step.place.wide} />, narrow: <Ring at={step.place.narrow} /> }}
      />
    </div>
  )
}

function Ring({ at }: { at: PlotPlace }) {
  return (
    <svg className="chosen" viewBox={`0 0 ${at.width} ${at.height}`} aria-hidden="true" focusable="false">
      <circle cx={at.x} cy={at.y} r="7" />
    </svg>
  )
}
