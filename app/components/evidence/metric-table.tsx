import type { MetricTableCell, MetricTableView } from '../../evidence/metric-table/metric-table.ts'
import { BreakingName } from '../breaking-name.tsx'
import { MetricHelp } from '../help.tsx'
import { Icon } from '../icon.tsx'
import { PageLink } from '../page-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { unbrokenUnits } from '../unbroken-units.ts'

const verdictWords = { pass: 'within the limit', fail: 'beyond the limit', inconclusive: 'cannot be told' } as const

/** Types by metric. A number leads to its rows, a head to its definition, a name to its type. */
export function MetricTable({ view, caption }: { view: MetricTableView; caption: string }) {
  return (
    <ScrollRegion label={`${caption}, table`} head="window">
      <table className="register dense metric-table">
        <caption className="hidden">{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Type</th>
            {view.columns.map(({ metric, label, limitText }) => (
              <th key={metric} scope="col" className="num">
                <a href={`#definition-${metric}`} className="before-help">
                  {unbrokenUnits(label)}
                </a>
                <MetricHelp metric={metric} />
                {limitText === null ? null : <span className="sub">{limitText}</span>}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.rows.map((row) => (
            <tr key={row.interactionType}>
              <th scope="row">
                <PageLink to={row.href}>
                  <BreakingName name={row.interactionType} />
                </PageLink>
              </th>
              {row.cells.map((cell, index) => (
                <Cell key={cell.metric} cell={cell} label={labelOf(view.columns[index])} />
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

/** Beside the value in a block: what the head says, which is out of sight there, with the limit on one line. */
function labelOf(column: MetricTableView['columns'][number] | undefined): string {
  if (column === undefined) return ''
  const label = unbrokenUnits(column.label)
  return column.limitText === null ? label : `${label}, ${column.limitText.replaceAll(' ', '\u00a0')}`
}

function Cell({ cell, label }: { cell: MetricTableCell; label: string }) {
  if (cell.text === null) {
    return (
      <td className="num quiet" data-label={label}>
        <span title={cell.why}>
          <span aria-hidden="true">–</span>
          <span className="hidden">not measured: {cell.why}</span>
        </span>
      </td>
    )
  }
  return (
    <td className={cell.verdict === null ? 'num' : `num tint-${cell.verdict}`} data-label={label}>
      <span className="nowrap">
        {cell.verdict === 'fail' || cell.verdict === 'inconclusive' ? (
          <span className={`status ${cell.verdict}`} title={verdictWords[cell.verdict]}>
            <Icon name={cell.verdict} />
            <span className="hidden">{verdictWords[cell.verdict]}: </span>
          </span>
        ) : null}{' '}
        {cell.href === null ? cell.text : <PageLink to={cell.href}>{cell.text}</PageLink>}
      </span>
      <span className="sub">
        {cell.interval === null ? null : <span className="part">({cell.interval})</span>}{' '}
        {cell.why === '' ? <span className="part">{cell.counts}</span> : cell.why}
      </span>
    </td>
  )
}
