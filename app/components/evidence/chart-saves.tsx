/** Where the files of a chart are: the address of one of them, by its ending. */
export type FileHref = (id: string, ending: 'svg' | 'csv') => string

interface ChartSavesProps {
  id: string
  title: string
  hasDrawing: boolean
  fileHref: FileHref
}

/** Downloads of one chart. The picture is made by the browser (usePictureButtons), so it is offered where scripts run. */
export function ChartSaves({ id, title, hasDrawing, fileHref }: ChartSavesProps) {
  const svg = fileHref(id, 'svg')
  return (
    <p className="saves">
      {hasDrawing ? (
        <>
          <a href={svg} download aria-label={`SVG of: ${title}`}>
            SVG
          </a>
          <button type="button" className="with-scripts" aria-label={`PNG of: ${title}`} data-picture-of={svg}>
            PNG
          </button>
        </>
      ) : null}
      <a href={fileHref(id, 'csv')} download aria-label={`CSV of: ${title}`}>
        CSV
      </a>
    </p>
  )
}
