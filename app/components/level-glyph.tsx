import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'

const steps: Readonly<Record<OversightLevel, number>> = {
  human_as_the_loop: 1,
  human_in_the_loop: 2,
  human_on_the_loop: 3,
}

export const levelWords: Readonly<Record<OversightLevel, string>> = {
  human_as_the_loop: 'As the loop',
  human_in_the_loop: 'In the loop',
  human_on_the_loop: 'On the loop',
}

/** What the level means, in one sentence. */
export const levelMeanings: Readonly<Record<OversightLevel, string>> = {
  human_as_the_loop: 'People lead, AI assists.',
  human_in_the_loop: 'AI drafts, a person approves every answer.',
  human_on_the_loop: 'AI acts, people watch.',
}

/** The same within a sentence: AI stays AI. */
export function meaningInSentence(level: OversightLevel): string {
  return levelMeanings[level].replace(/^People/, 'people')
}

interface LevelGlyphProps {
  /** null: no level was ever set. */
  level: OversightLevel | null
  /** Levels above it are drawn as dashes, unless the level lies there; null: no ceiling is known. */
  ceiling?: OversightLevel | null | undefined
}

/** Three bars filled up to the level in force, and its name. */
export function LevelGlyph({ level, ceiling = null }: LevelGlyphProps) {
  if (level === null) return <span className="quiet">Level not set</span>
  const step = steps[level]
  const limit = ceiling === null ? 3 : steps[ceiling]
  // An old decision may lie above the ceiling of today.
  const top = Math.max(limit, step)
  return (
    <span className="level">
      <svg viewBox="0 0 26 10" aria-hidden="true" focusable="false">
        {[0, 1, 2].map((bar) =>
          bar < top ? (
            <rect
              key={bar}
              x={bar * 9}
              y="1"
              width="7.5"
              height="8"
              rx="1"
              fill={bar < step ? 'var(--ai)' : 'var(--human)'}
            />
          ) : (
            <line
              key={bar}
              x1={bar * 9 + 1}
              x2={bar * 9 + 7}
              y1="5"
              y2="5"
              stroke="var(--data-weak)"
              strokeDasharray="2 2"
            />
          ),
        )}
      </svg>
      <span>
        {levelWords[level]}
        {ceiling !== null && limit < 3 ? (
          <span className="hidden">, may not go above {levelWords[ceiling].toLowerCase()}</span>
        ) : null}
      </span>
    </span>
  )
}
