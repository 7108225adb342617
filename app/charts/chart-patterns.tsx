/** Hatches and dots that charts refer to by id. Once per page, before the first chart. */
export function ChartPatterns() {
  return (
    <svg className="chart-patterns" width="0" height="0" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="6" stroke="var(--hatch)" strokeWidth="1" strokeOpacity="0.55" />
        </pattern>
        <pattern id="hatch-over" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
          <line x1="0" x2="0" y1="0" y2="5" stroke="var(--bg)" strokeWidth="2.5" strokeOpacity="0.75" />
        </pattern>
      </defs>
    </svg>
  )
}
