import { useEffect, useState } from 'react'
import { savePng } from '../../charts/save-png.ts'

/** Where the files of a chart are: the address of one of them, by its ending. */
export type FileHref = (id: string, ending: 'svg' | 'csv') => string

interface ChartSavesProps {
  id: string
  title: string
  hasDrawing: boolean
  fileHref: FileHref
}

/** Downloads of one chart. The picture is made by the browser from the drawing, so it is offered where scripts run. */
export function ChartSaves({ id, title, hasDrawing, fileHref }: ChartSavesProps) {
  const [state, setState] = useState<'unready' | 'ready' | 'failed'>('unready')
  useEffect(() => setState('ready'), [])
  const svg = fileHref(id, 'svg')
  return (
    <p className="saves">
      {hasDrawing ? (
        <>
          <a href={svg} download aria-label={`SVG of: ${title}`}>
            SVG
          </a>
          <button
            type="button"
            className={state === 'unready' ? 'unready' : undefined}
            aria-label={`PNG of: ${title}`}
            onClick={() => savePng(svg).catch(() => setState('failed'))}
          >
            {state === 'failed' ? 'PNG failed, take SVG' : 'PNG'}
          </button>
        </>
      ) : null}
      <a href={fileHref(id, 'csv')} download aria-label={`CSV of: ${title}`}>
        CSV
      </a>
    </p>
  )
}
