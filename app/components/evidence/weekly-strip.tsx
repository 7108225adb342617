import { formatCount, formatShare } from '#models/format-metric.ts'
import { round } from '../../charts/chart-frame.ts'
import type { WeeklyMeasure, WeeklyStrip as WeeklyStripView } from '../../evidence/overview/weekly-strip.ts'
import { ScrollRegion } from '../scroll-region.tsx'

const width = 240
const height = 72
const [left, floor, top] = [4, 62, 8]

/** Four measures by week, each with its intervals, and one table that says the same with counts and defect classes. */
export function WeeklyStrip({ strip }: { strip: WeeklyStripView }) {
  return (
    <>
      <p className="soft">
        {strip.summary} Shown with 95 % intervals; a week under 30 cases shows counts only, in the table.
      </p>
      <ul className="weekly">
        {strip.measures.map((measure) => (
          <Measure key={measure.id} measure={measure} />
        ))}
      </ul>
      <details className="twin">
        <summary>Show as table</summary>
        <ScrollRegion label="Weeks, table">
          <table>
            <caption className="hidden">The last weeks</caption>
            <thead>
              <tr>
                <th scope="col">Week of</th>
                {strip.measures.map(({ id, title }) => (
                  <th key={id} scope="col" className="num">
                    {title}
                  </th>
                ))}
                {strip.defects.map(({ name }) => (
                  <th key={name} scope="col" className="num">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {strip.weeks.map((week, index) => (
                <tr key={week}>
                  <th scope="row" className="nowrap">
                    {week}
                  </th>
                  {strip.measures.map(({ id, weeks }) => (
                    <td key={id} className="num nowrap">
                      {weeks[index]?.text}
                    </td>
                  ))}
                  {strip.defects.map(({ name, counts }) => (
                    <td key={name} className="num">
                      {formatCount(counts[index] ?? 0)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      </details>
    </>
  )
}

function Measure({ measure: { title, of, through, weeks } }: { measure: WeeklyMeasure }) {
  const x = (index: number) =>
    round(left + (weeks.length === 1 ? 0.5 : index / (weeks.length - 1)) * (width - 2 * left))
  const y = (share: number) => round(floor - (share / through) * (floor - top))
  const path = weeks.reduce(
    (drawn, { value }, index) =>
      value === null ? drawn : `${drawn}${weeks[index - 1]?.value == null ? 'M' : 'L'}${x(index)} ${y(value)}`,
    '',
  )
  const last = weeks.findLast(({ value }) => value !== null)
  return (
    <li>
      <h3>{title}</h3>
      <p className="quiet">share of {of}</p>
      <svg viewBox={`0 0 ${width} ${height}`} aria-hidden="true" focusable="false">
        <line className="g-axis" x1="0" x2={width} y1={floor} y2={floor} />
        {weeks.map(({ week, value, lower, upper, text }, index) =>
          value === null || lower === null || upper === null ? null : (
            <g key={week}>
              <title>{`Week of ${week}: ${text}`}</title>
              <line className="g-whisker" x1={x(index)} x2={x(index)} y1={y(lower)} y2={y(upper)} />
              <circle className="g-dot" cx={x(index)} cy={y(value)} r="2.5" />
            </g>
          ),
        )}
        <path className="g-line" d={path} />
        <text x={width} y={top + 2} textAnchor="end">
          {formatShare(through, 0)}
        </text>
      </svg>
      <p>{last === undefined ? 'Too few cases in any week.' : `Week of ${last.week}: ${last.text}`}</p>
    </li>
  )
}
