import { formatCount, formatDay, formatShare } from '#models/format-metric.ts'
import { round } from '../../charts/chart-frame.ts'
import { ChartMark } from '../../charts/chart-mark.tsx'
import { unspoken } from '../../charts/unspoken.ts'
import type { WeeklyMeasure, WeeklyStrip as WeeklyStripView } from '../../evidence/overview/weekly-strip.ts'
import { MetricHelp } from '../help.tsx'
import { PageLink } from '../page-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'

const width = 240
const height = 78
/** Words of the axes stand left of and below these. */
const [left, right, floor, top] = [30, width - 4, 62, 8]

/** Four measures by week, each with its intervals, and one table that says the same with counts and defect classes. */
export function WeeklyStrip({ strip }: { strip: WeeklyStripView }) {
  return (
    <>
      <p className="soft">
        {strip.summary} Shown with 95 % intervals; a week under 30 cases shows counts only, in the table.
      </p>
      <ul className="weekly">
        {strip.measures.map((measure) => (
          <Measure key={measure.metric} measure={measure} />
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
                {strip.measures.map(({ metric, title }) => (
                  <th key={metric} scope="col" className="num">
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
                    {dayOf(week)}
                  </th>
                  {strip.measures.map(({ metric, weeks }) => (
                    <td key={metric} className="num nowrap">
                      <Rows href={weeks[index]?.href}>{weeks[index]?.text ?? ''}</Rows>
                    </td>
                  ))}
                  {strip.defects.map(({ name, weeks }) => (
                    <td key={name} className="num">
                      <Rows href={weeks[index]?.href}>{formatCount(weeks[index]?.count ?? 0)}</Rows>
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

/** The text, leading to the contacts that it counts where there are any. */
function Rows({ href, children }: { href: string | null | undefined; children: string }) {
  return href == null ? children : <PageLink to={href}>{children}</PageLink>
}

/** "23 Jun 2025" of a Monday. */
function dayOf(week: string | undefined): string {
  return week === undefined ? '' : formatDay(new Date(week), 'UTC')
}

function Measure({ measure: { metric, title, of, through, weeks } }: { measure: WeeklyMeasure }) {
  const x = (index: number) => round(left + (weeks.length === 1 ? 0.5 : index / (weeks.length - 1)) * (right - left))
  const y = (share: number) => round(floor - (share / through) * (floor - top))
  const path = weeks.reduce(
    (drawn, { value }, index) =>
      value === null ? drawn : `${drawn}${weeks[index - 1]?.value == null ? 'M' : 'L'}${x(index)} ${y(value)}`,
    '',
  )
  const last = weeks.findLast(({ value }) => value !== null)
  return (
    <li>
      <h3 className="before-help">{title}</h3>
      <MetricHelp metric={metric} />
      <p className="quiet">share of {of}</p>
      {/* biome-ignore lint/a11y/useSemanticElements: a group of marks, not of fields. */}
      <div role="group" aria-label={`${title} by week.`} data-marks="Arrow keys move between weeks.">
        {/* biome-ignore lint/a11y/noSvgWithoutTitle: the group around it has a name, and each mark its own. */}
        <svg viewBox={`0 0 ${width} ${height}`} focusable="false">
          <line className="g-grid" x1={left} x2={width} y1={top} y2={top} />
          <line className="g-axis" x1={left} x2={width} y1={floor} y2={floor} />
          <path className="g-line" d={path} />
          {weeks.map(({ week, value, lower, upper, text, href }, index) =>
            value === null || lower === null || upper === null ? null : (
              <ChartMark
                key={week}
                text={`Week of ${dayOf(week)}: ${text}`}
                href={href}
                x={x(index)}
                y={y(value)}
                width={width}
              >
                <line className="g-whisker" x1={x(index)} x2={x(index)} y1={y(lower)} y2={y(upper)} />
                <circle className="g-dot" cx={x(index)} cy={y(value)} r="2.5" />
              </ChartMark>
            ),
          )}
          <g className="ticks" {...unspoken}>
            <text x={left - 6} y={top + 3} textAnchor="end">
              {formatShare(through, 0)}
            </text>
            <text x={left - 6} y={floor + 3} textAnchor="end">
              0
            </text>
            <text x={left} y={height - 3}>
              {dayOf(weeks[0]?.week)}
            </text>
            {weeks.length === 1 ? null : (
              <text x={width} y={height - 3} textAnchor="end">
                {dayOf(weeks.at(-1)?.week)}
              </text>
            )}
          </g>
        </svg>
      </div>
      <p>{last === undefined ? 'Too few cases in any week.' : `Week of ${dayOf(last.week)}: ${last.text}`}</p>
    </li>
  )
}
