import type { ReactNode } from 'react'

interface ChoiceProps {
  name: string
  value: string
  label: ReactNode
  /** What choosing it means. */
  note: ReactNode
  isChosen?: boolean
  /** Cannot be chosen; the note says why. */
  isBarred?: boolean
}

/** One radio button with its consequence under it. */
export function Choice({ name, value, label, note, isChosen = false, isBarred = false }: ChoiceProps) {
  const id = `${name}-${value}`
  return (
    <div className={isBarred ? 'choice barred' : 'choice'}>
      <input
        type="radio"
        name={name}
        id={id}
        value={value}
        defaultChecked={isChosen && !isBarred}
        disabled={isBarred}
        aria-describedby={`${id}-note`}
        required
      />
      <label htmlFor={id}>
        {label}
        <small id={`${id}-note`}>{note}</small>
      </label>
    </div>
  )
}
