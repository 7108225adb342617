import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'
import type { ChartView } from '../../evidence/type/chart-view.ts'

interface ChartFigureProps {
  chart: ChartView
  /** What the marks mean, where the title does not say it. */
  chartKey?: ReactNode
}

/** A chart: its finding, the drawing, and the same numbers as a table that also leads to the rows. */
export function ChartFigure({ chart, chartKey }: ChartFigureProps) {
  const { id, title, text, drawing, summary, twin } = chart
  return (
    <figure id={id} aria-labelledby={`${id}-title`}>
      <figcaption>
        <h3 id={`${id}-title`}>{title}</h3> <p>{text}</p>
      </figcaption>
      {drawing === null ? null : (
        <>
          <p className="hidden">{summary}</p>
          <Drawing className={drawing.narrow === null ? 'plot-area' : 'plot-area only-wide'} markup={drawing.wide} />
          {drawing.narrow === null ? null : <Drawing className="plot-area only-narrow" markup={drawing.narrow} />}
          {chartKey}
        </>
      )}
      <details className="twin">
        <summary>Show as table</summary>
        <div className="scroll">
          <table>
            <caption className="hidden">{title}</caption>
            <thead>
              <tr>
                {twin.head.map((head, index) => (
                  <th key={head} scope="col" className={index === 0 ? undefined : 'num'}>
                    {head}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {twin.rows.map((row) => (
                <tr key={row.month}>
                  <th scope="row">{row.label}</th>
                  {row.cells.map((cell, index) => (
                    <td key={twin.head[index + 1]} className="num">
                      {cell.href === null ? cell.text : <Link to={cell.href}>{cell.text}</Link>}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </figure>
  )
}

/** The server's own SVG, escaped there; hidden from readers, who have the summary and the table. */
function Drawing({ className, markup }: { className: string; markup: string }) {
  return (
    <div
      className={className}
      aria-hidden="true"
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by React on the server from escaped text.
      dangerouslySetInnerHTML={{ __html: markup }}
    />
  )
}
