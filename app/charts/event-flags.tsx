import type { ChartFrame, ChartMoment } from './chart-frame.ts'
import { round } from './chart-frame.ts'
import { unspoken } from './unspoken.ts'

/** A decision (square) or a change of model, prompt, knowledge, policy or routing (circle), lettered like the history beside it. */
export interface ChartEvent {
  letter: string
  kind: 'decision' | 'change'
  moment: ChartMoment
  text: string
}

/** Dotted lines with lettered flags above the plot; explained in words beside the chart. */
export function EventFlags({ frame, events }: { frame: ChartFrame; events: readonly ChartEvent[] }) {
  return (
    <g {...unspoken}>
      {events.map((event) => {
        const x = frame.xOfMoment(event.moment)
        if (x === undefined) return null
        return (
          <g key={event.letter}>
            <title>{event.text}</title>
            <line className="g-event" x1={x} x2={x} y1="18" y2={frame.floor} />
            <EventFlag event={event} x={x} y={9} />
          </g>
        )
      })}
    </g>
  )
}

/** The flag alone, for keys and histories. */
export function EventFlag({ event, x, y }: { event: Pick<ChartEvent, 'letter' | 'kind'>; x: number; y: number }) {
  const change = event.kind === 'change' ? ' change' : ''
  return (
    <>
      {event.kind === 'change' ? (
        <circle className="g-flag change" cx={x} cy={y} r="7.5" />
      ) : (
        <rect className="g-flag" x={round(x - 8)} y={y - 8} width="16" height="16" rx="3" />
      )}
      <text className={`t-flag${change}`} x={x} y={y + 3.5} textAnchor="middle">
        {event.letter}
      </text>
    </>
  )
}
