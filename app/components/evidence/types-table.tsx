import type { ValueAxis } from '../../charts/value-axis.ts'
import type { TypeGroup } from '../../evidence/overview-view.ts'
import type { ErrorCell, TypeRow } from '../../evidence/type-row.ts'
import { parseTypeSort, sortTypeGroups, typeSorts } from '../../evidence/type-sort.ts'
import { BreakingName } from '../breaking-name.tsx'
import { MetricHelp } from '../help.tsx'
import { LevelGlyph } from '../level-glyph.tsx'
import { PageLink } from '../page-link.tsx'
import { ScrollRegion } from '../scroll-region.tsx'
import { SortHead } from '../sort-head.tsx'
import { Status } from '../status.tsx'
import { IntervalAxis, IntervalCell } from './interval-cell.tsx'
import { NumberCell } from './number-cell.tsx'
import { TableKey } from './table-key.tsx'
import { TypeSortMenu } from './type-sort-menu.tsx'

interface TypesTableProps {
  groups: readonly TypeGroup[]
  axis: ValueAxis
  /** Months pooled for the error rate. */
  windowText: string
  /** The month that changes are against; null when nothing is compared. */
  comparedText: string | null
  /** Of the address: how the table is sorted. */
  search: URLSearchParams
}

const columns = 12

/**
 * Every type in one table: level, volume, error rate drawn on one axis, and how it stands. What is to do comes before the
 * numbers beside the error rate: a window that cuts the table off still shows it.
 */
export function TypesTable({ groups, axis, windowText, comparedText, search }: TypesTableProps) {
  const sorts = typeSorts(search)
  const rates = groups.flatMap(({ rows }) => rows.flatMap(({ error }) => (error.kind === 'rate' ? [error] : [])))
  return (
    <>
      <p className="soft" id="types-note">
        Error rate: AI-handled contacts, random reviews, {windowText} pooled. CSAT, repeat contact and unexpected
        escalation: AI contacts of the month, per cent.
        {comparedText === null ? null : ` ▴▾ beyond chance against ${comparedText}.`}
      </p>
      <TableKey
        hasLimits={rates.some(({ limit }) => limit !== null)}
        hasBands={rates.some(({ bandFrom }) => bandFrom !== null)}
      />
      <TypeSortMenu key={String(search)} sorts={sorts} />
      <ScrollRegion label="Interaction types, table" head="window">
        <table className="types" aria-describedby="types-note">
          <caption className="hidden">Interaction types</caption>
          <thead>
            <tr>
              <SortHead sort={sorts.type} look="c-type" isScrollKept>
                Type
              </SortHead>
              <SortHead sort={sorts.level} isScrollKept>
                Level now
              </SortHead>
              <SortHead sort={sorts.contacts} look="num" beside={<MetricHelp metric="volume" />} isScrollKept>
                Contacts
              </SortHead>
              <SortHead sort={sorts.ai_share} look="num" beside={<MetricHelp metric="ai_share" />} isScrollKept>
                AI
                <br />
                share, %
              </SortHead>
              <SortHead
                sort={sorts.error_rate}
                look="plot"
                beside={
                  <>
                    <MetricHelp metric="ai_error_rate" />
                    <IntervalAxis axis={axis} />
                  </>
                }
                isScrollKept
              >
                AI error rate, %
              </SortHead>
              <th scope="col">95 % interval</th>
              <th scope="col" className="num">
                Errors of
                <br />
                reviews
              </th>
              <SortHead sort={sorts.status} look="c-status" isScrollKept>
                Status
              </SortHead>
              <th scope="col" className="c-decision">
                Decision
              </th>
              <SortHead sort={sorts.csat} look="num" beside={<MetricHelp metric="csat_satisfied_rate" />} isScrollKept>
                CSAT,
                <br />%
              </SortHead>
              <SortHead
                sort={sorts.repeat}
                look="num"
                beside={<MetricHelp metric="repeat_contact_rate_48h" />}
                isScrollKept
              >
                Repeat
                <br />
                48 h, %
              </SortHead>
              <SortHead
                sort={sorts.escalation}
                look="num"
                beside={<MetricHelp metric="unexpected_escalation_rate" />}
                isScrollKept
              >
                Unexp.
                <br />
                esc., %
              </SortHead>
            </tr>
          </thead>
          {sortTypeGroups(groups, parseTypeSort(search)).map((group) => (
            <tbody key={group.title}>
              <tr className="group">
                <th scope="rowgroup" colSpan={columns}>
                  {group.title}
                </th>
              </tr>
              {group.rows.map((row) => (
                <Row key={row.interactionType} row={row} axis={axis} />
              ))}
            </tbody>
          ))}
        </table>
      </ScrollRegion>
    </>
  )
}

function Row({ row, axis }: { row: TypeRow; axis: ValueAxis }) {
  return (
    <tr>
      <th scope="row" className="c-type">
        <PageLink to={row.href}>
          <BreakingName name={row.interactionType} />
        </PageLink>
      </th>
      <td className="c-level">
        {row.level === null ? (
          <span className="quiet nowrap">Level not set</span>
        ) : (
          <LevelGlyph level={row.level} ceiling={row.ceiling} />
        )}
      </td>
      <NumberCell cell={row.contacts} label="Contacts" />
      <NumberCell cell={row.aiShare} label="AI share, %" />
      <ErrorCells error={row.error} axis={axis} />
      <td className="c-status">
        <Status kind={row.status.kind} word={row.status.word} />
      </td>
      <td className="c-decision">
        {row.decision.href === null ? (
          <span className="quiet">{row.decision.text}</span>
        ) : (
          <PageLink to={row.decision.href}>{row.decision.text}</PageLink>
        )}
      </td>
      <NumberCell cell={row.csat} label="CSAT, %" />
      <NumberCell cell={row.repeat} label="Repeat 48 h, %" />
      <NumberCell cell={row.escalation} label="Unexp. esc., %" />
    </tr>
  )
}

function ErrorCells({ error, axis }: { error: ErrorCell; axis: ValueAxis }) {
  if (error.kind === 'none') {
    return (
      <>
        <td className="c-plot" colSpan={2}>
          <span className="quiet">{error.why}</span>
        </td>
        <td className="num c-extra quiet" data-label="Errors">
          <span aria-hidden="true">–</span>
          <span className="hidden">not measured</span>
        </td>
      </>
    )
  }
  if (error.kind === 'counts') {
    return (
      <>
        <td className="c-plot" colSpan={2}>
          <span className="quiet">{error.why}</span>
        </td>
        <td className="num c-extra" data-label="Errors">
          <PageLink to={error.href}>{error.countText}</PageLink>
        </td>
      </>
    )
  }
  return (
    <>
      <td className="plot c-plot">
        <IntervalCell cell={error} axis={axis} />
      </td>
      <td className="err c-err">
        {error.rateText} <span className="quiet">({error.intervalText})</span>
        {error.limitText === null ? null : <span className="narrow quiet">{error.limitText}</span>}
      </td>
      <td className="num c-extra" data-label="Errors">
        <PageLink to={error.href}>{error.countText}</PageLink>
      </td>
    </>
  )
}
