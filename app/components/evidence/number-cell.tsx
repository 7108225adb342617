import type { NumberCell as NumberCellView } from '../../evidence/type-row.ts'
import { PageLink } from '../page-link.tsx'

interface NumberCellProps {
  cell: NumberCellView
  /** Column head, repeated beside the value on narrow screens. */
  label: string
  unit?: string
}

/** A number that leads to its rows; an en dash with its reason where nothing was measured. */
export function NumberCell({ cell, label, unit = '' }: NumberCellProps) {
  if (cell.text === null) {
    return (
      <td className="num c-extra quiet" data-label={label}>
        <span title={cell.why ?? undefined}>
          <span aria-hidden="true">–</span>
          <span className="hidden">not measured: {cell.why}</span>
        </span>
      </td>
    )
  }
  return (
    <td className="num c-extra" data-label={label}>
      <span className="nowrap">
        {cell.change === null ? null : (
          <span className={cell.change.isWorse ? 'move worse' : 'move'} title={cell.change.text}>
            <span aria-hidden="true">{cell.change.direction === 'up' ? '▴' : '▾'}</span>
            <span className="hidden">{cell.change.text}: </span>
          </span>
        )}
        {cell.href === null ? cell.text : <PageLink to={cell.href}>{cell.text}</PageLink>}
        {unit}
      </span>
    </td>
  )
}
