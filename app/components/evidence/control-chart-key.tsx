/** What the marks of control charts mean. */
export function ControlChartKey() {
  return (
    <p className="key" aria-hidden="true">
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <line className="g-control" x1="0" x2="20" y1="2" y2="2" />
          <line className="g-centre" x1="0" x2="20" y1="7" y2="7" />
          <line className="g-control" x1="0" x2="20" y1="11" y2="11" />
        </svg>
        limits and centre: what chance alone does
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <path className="g-out" d="M10 1 L15 6 L10 11 L5 6 Z" />
        </svg>
        outside the limits
      </span>
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <circle className="g-run" cx="10" cy="6" r="4" />
        </svg>
        part of a run or trend
      </span>
    </p>
  )
}
