interface TableKeyProps {
  hasLimits: boolean
  /** Where a rate can be neither within nor over its limit. */
  hasBands: boolean
}

/** What the marks that are drawn in the types table mean. Readers of the text get the same in words. */
export function TableKey({ hasLimits, hasBands }: TableKeyProps) {
  return (
    <p className="key" aria-hidden="true">
      <span>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <line className="g-whisker strong" x1="1" x2="19" y1="6" y2="6" />
          <circle className="g-dot" cx="8" cy="6" r="3.5" />
        </svg>
        estimate, 95 % interval
      </span>
      {hasLimits ? (
        <span>
          <svg viewBox="0 0 20 12" aria-hidden="true">
            <line className="g-limit" x1="10" x2="10" y1="0" y2="12" />
          </svg>
          limit by risk tier
        </span>
      ) : null}
      {hasBands ? (
        <span>
          <svg viewBox="0 0 20 12" aria-hidden="true">
            <rect className="g-band" width="20" height="12" />
          </svg>
          inconclusive at this number of reviews
        </span>
      ) : null}
      <span>
        <svg viewBox="0 0 26 10" className="wide-mark" aria-hidden="true">
          <rect x="0" y="1" width="7.5" height="8" rx="1" fill="var(--ai)" />
          <rect x="9" y="1" width="7.5" height="8" rx="1" fill="var(--human)" />
          <line x1="19" x2="25" y1="5" y2="5" stroke="var(--data-weak)" strokeDasharray="2 2" />
        </svg>
        level in force, dashed above the ceiling
      </span>
    </p>
  )
}
