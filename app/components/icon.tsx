/** Every icon by name. Shapes differ as well as colours, so that grey print and colour-blind eyes tell them apart. */
const iconNames = [
  'pass',
  'fail',
  'inconclusive',
  'signal',
  'none',
  'unregistered',
  'provisional',
  'expand',
  'reduce',
  'keep',
  'down',
  'theme',
  'menu',
  'search',
  'close',
] as const
export type IconName = (typeof iconNames)[number]

/** Decoration beside a word: hidden from screen readers. A button with an icon alone carries its own aria-label. */
export function Icon({ name }: { name: IconName }) {
  return (
    <svg aria-hidden="true" focusable="false">
      <use href={`#i-${name}`} />
    </svg>
  )
}

/** The shapes that Icon and the charts refer to by id. Once per page, at its start. */
export function IconShapes() {
  return (
    <svg width="0" height="0" className="absolute" aria-hidden="true" focusable="false">
      <defs>
        <pattern id="dots" width="4" height="4" patternUnits="userSpaceOnUse">
          <circle cx="1" cy="1" r="0.7" fill="var(--inconclusive)" fillOpacity="0.55" />
        </pattern>
      </defs>
      <symbol id="i-pass" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d="m4.2 7.2 2 2 3.6-4.2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="i-fail" viewBox="0 0 14 14">
        <path d="M4.4 0.7h5.2l3.7 3.7v5.2l-3.7 3.7H4.4L0.7 9.6V4.4Z" fill="currentColor" />
        <path d="m4.8 4.8 4.4 4.4m0-4.4L4.8 9.2" stroke="var(--bg)" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="i-inconclusive" viewBox="0 0 14 14">
        <path
          d="M7 0.9 13.1 7 7 13.1 0.9 7Z"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinejoin="round"
        />
        <path d="M7 0.9V13.1L0.9 7Z" fill="currentColor" />
      </symbol>
      <symbol id="i-signal" viewBox="0 0 14 14">
        <path d="M7 1.4 13.2 12.4H0.8Z" fill="none" stroke="currentColor" strokeWidth="1.5" strokeLinejoin="round" />
        <path d="M7 5.4v3.2" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
        <circle cx="7" cy="10.4" r="0.9" fill="currentColor" />
      </symbol>
      <symbol id="i-none" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" strokeDasharray="2.2 2.2" />
        <path d="M4.5 7h5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="i-unregistered" viewBox="0 0 14 14">
        <rect
          x="1"
          y="1"
          width="12"
          height="12"
          rx="2"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeDasharray="2.4 2"
        />
        <path d="M7 4.5v5M4.5 7h5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="i-provisional" viewBox="0 0 14 14">
        <circle cx="7" cy="7" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path
          d="M7 3.6V7l2.2 1.6"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.5"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="i-expand" viewBox="0 0 14 14">
        <path
          d="M1.5 7h9M7.2 3.4 10.8 7l-3.6 3.6M13 2.5v9"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="i-reduce" viewBox="0 0 14 14">
        <path
          d="M12.5 7h-9M6.8 3.4 3.2 7l3.6 3.6M1 2.5v9"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.6"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="i-keep" viewBox="0 0 14 14">
        <path d="M2.5 5h9M2.5 9h9" fill="none" stroke="currentColor" strokeWidth="1.6" strokeLinecap="round" />
      </symbol>
      <symbol id="i-down" viewBox="0 0 10 10">
        <path
          d="m2 3.5 3 3 3-3"
          fill="none"
          stroke="currentColor"
          strokeWidth="1.4"
          strokeLinecap="round"
          strokeLinejoin="round"
        />
      </symbol>
      <symbol id="i-theme" viewBox="0 0 16 16">
        <circle cx="8" cy="8" r="6.25" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="M8 1.75a6.25 6.25 0 0 1 0 12.5Z" fill="currentColor" />
      </symbol>
      <symbol id="i-menu" viewBox="0 0 16 16">
        <path d="M2 4.5h12M2 8h12M2 11.5h12" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="i-search" viewBox="0 0 16 16">
        <circle cx="7" cy="7" r="4.75" fill="none" stroke="currentColor" strokeWidth="1.5" />
        <path d="m10.5 10.5 3.5 3.5" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
      <symbol id="i-close" viewBox="0 0 16 16">
        <path d="m4 4 8 8m0-8-8 8" stroke="currentColor" strokeWidth="1.5" strokeLinecap="round" />
      </symbol>
    </svg>
  )
}
