import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { countOf } from '#models/format-metric.ts'
import type { Destination } from '../../search/destination.ts'
import { matchDestinations } from '../../search/match-destinations.ts'

const kindWords = { page: 'Page', type: 'Type', review: 'Review', month: 'Month' } as const
/** More than anybody reads through; typing narrows it. */
const shownAtMost = 60

interface PaletteListProps {
  /** null while they are read. */
  destinations: readonly Destination[] | null
  onChoose: (destination: Destination) => void
}

/** A field and what it finds: arrows choose, Enter goes. The focus stays in the field, as the combobox pattern wants it. */
export function PaletteList({ destinations, onChoose }: PaletteListProps) {
  const [typed, setTyped] = useState('')
  const [at, setAt] = useState(0)
  const chosen = useRef<HTMLDivElement>(null)
  const found = destinations === null ? [] : matchDestinations(destinations, typed)
  const shown = found.slice(0, shownAtMost)
  const isReading = destinations === null

  useEffect(() => {
    if (at >= 0) chosen.current?.scrollIntoView({ block: 'nearest' })
  }, [at])

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.nativeEvent.isComposing) return
    const to = stepTo(event.key, at, shown.length)
    if (to !== undefined) {
      event.preventDefault()
      setAt(to)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const destination = shown[at]
      if (destination !== undefined) onChoose(destination)
    }
  }

  return (
    <>
      <input
        className="field"
        type="text"
        role="combobox"
        aria-label="Page, interaction type, review or month"
        aria-autocomplete="list"
        aria-expanded={shown.length > 0}
        aria-controls="palette-list"
        aria-activedescendant={shown.length > 0 ? `palette-${at}` : undefined}
        placeholder="Page, interaction type, review or month"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => {
          setTyped(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      {/* The focus stays in the field; the list is told by aria-activedescendant. */}
      <div id="palette-list" role="listbox" aria-label="Where to go" tabIndex={-1}>
        {shown.map((destination, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: keys are heard by the field.
          <div
            key={`${destination.kind} ${destination.href}`}
            id={`palette-${index}`}
            ref={index === at ? chosen : undefined}
            role="option"
            aria-selected={index === at}
            tabIndex={-1}
            onClick={() => onChoose(destination)}
          >
            <span className="name">{destination.name}</span> <span className="quiet">{noteOf(destination)}</span>
          </div>
        ))}
      </div>
      <p className="said" role="status">
        {sentence(isReading, found.length, typed)}
      </p>
    </>
  )
}

function noteOf({ kind, note }: Destination): string {
  return kind === 'type' ? kindWords.type : `${kindWords[kind]}, ${note}`
}

function sentence(isReading: boolean, count: number, typed: string): string {
  if (isReading) return 'Reading the list.'
  if (count === 0) return `Nothing that you may see is called “${typed.trim()}”.`
  if (count > shownAtMost) return `${shownAtMost} of ${count} shown. Type on to narrow it.`
  return `${countOf(count, 'place')}. Arrows choose, Enter goes, Escape closes.`
}

/** undefined: the key moves nothing. The ends meet. */
function stepTo(key: string, at: number, count: number): number | undefined {
  if (count === 0) return undefined
  if (key === 'ArrowDown') return (at + 1) % count
  if (key === 'ArrowUp') return (at + count - 1) % count
  if (key === 'PageDown') return Math.min(at + 8, count - 1)
  if (key === 'PageUp') return Math.max(at - 8, 0)
  return undefined
}
