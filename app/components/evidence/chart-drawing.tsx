interface ChartDrawingProps {
  className: string
  /** The server's own SVG, escaped there. */
  markup: string
  label: string
}

/** A drawing of the server whose marks the keyboard reaches (useChartMarks). */
export function ChartDrawing({ className, markup, label }: ChartDrawingProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a group of marks, not of fields.
    <div
      role="group"
      className={className}
      aria-label={label}
      data-marks="Arrow keys move between points."
      // biome-ignore lint/security/noDangerouslySetInnerHtml: made by React on the server from escaped text.
      dangerouslySetInnerHTML={{ __html: markup }}
    />
  )
}
