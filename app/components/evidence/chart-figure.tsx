import type { ReactNode } from 'react'
import type { ChartView } from '../../evidence/type/chart-view.ts'
import { MetricHelp } from '../help.tsx'
import { PageLink } from '../page-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { ChartDrawing } from './chart-drawing.tsx'
import { ChartSaves, type FileHref } from './chart-saves.tsx'

interface ChartFigureProps {
  chart: ChartView
  /** What the marks mean, where the title does not say it. */
  chartKey?: ReactNode
  /** Where its files are; without it the chart cannot be saved. */
  fileHref?: FileHref
  /** Laid over each drawing: what moves. */
  over?: { wide: ReactNode; narrow: ReactNode }
}

/** A chart: its finding, the drawing, and the same numbers as a table that also leads to the rows. */
export function ChartFigure({ chart, chartKey, fileHref, over }: ChartFigureProps) {
  const { id, metric, title, text, drawing, summary, twin } = chart
  return (
    <figure id={id} aria-labelledby={`${id}-title`}>
      <figcaption>
        <h3 id={`${id}-title`} className="before-help">
          {title}
        </h3>
        {metric === undefined ? null : <MetricHelp metric={metric} />} <p>{text}</p>
      </figcaption>
      {drawing === null ? null : (
        <>
          <p className="hidden">{summary}</p>
          <div className="plots">
            <div className={drawing.narrow === null ? 'plot-frame' : 'plot-frame only-wide'}>
              <ChartDrawing className="plot-area" markup={drawing.wide} label={title} />
              {over?.wide}
            </div>
            {drawing.narrow === null ? null : (
              <div className="plot-frame only-narrow">
                <ChartDrawing className="plot-area" markup={drawing.narrow} label={title} />
                {over?.narrow}
              </div>
            )}
          </div>
          {chartKey}
        </>
      )}
      <div className="chart-foot">
        <details className="twin">
          <summary>Show as table</summary>
          <ScrollRegion label={`${title}, table`}>
            <table className="roomy">
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
                        {cell.href === null ? cell.text : <PageLink to={cell.href}>{cell.text}</PageLink>}
                      </td>
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </ScrollRegion>
        </details>
        {fileHref === undefined ? null : (
          <ChartSaves id={id} title={title} hasDrawing={drawing !== null} fileHref={fileHref} />
        )}
      </div>
    </figure>
  )
}
