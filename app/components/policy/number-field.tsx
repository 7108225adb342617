import { useState } from 'react'
import { type PolicyUnit, unitBeside } from '../../policy/policy-fields.ts'
import { FieldError } from '../field.tsx'

interface NumberFieldProps {
  name: string
  label: string
  unit: PolicyUnit
  value: string | undefined
  error: string | undefined
  /** What leaving it empty means. */
  ifEmpty?: string | undefined
  hint?: string | undefined
}

/** A number with its unit beside it: written as people say it, 5 % and 99 % sure. */
export function NumberField({ name, label, unit, value, error, ifEmpty, hint }: NumberFieldProps) {
  const id = `f-${name}`
  const [written, setWritten] = useState(value ?? '')
  const note = [hint, ifEmpty === undefined ? undefined : `Empty: ${ifEmpty}.`].filter(Boolean).join(' ')
  const described = [error === undefined ? '' : `${id}-error`, note === '' ? '' : `${id}-hint`]
    .filter(Boolean)
    .join(' ')
  return (
    <div className="number-field">
      <label htmlFor={id}>
        {label}
        {note === '' ? null : (
          <small className="hint" id={`${id}-hint`}>
            {note}
          </small>
        )}
      </label>
      <span className="with-unit">
        <input
          className="field"
          id={id}
          name={name}
          inputMode="decimal"
          autoComplete="off"
          defaultValue={value}
          onInput={(event) => setWritten(event.currentTarget.value)}
          aria-invalid={error !== undefined}
          {...(described === '' ? {} : { 'aria-describedby': described })}
        />
        <span>{unitBeside(unit, written)}</span>
      </span>
      <FieldError id={`${id}-error`} message={error} />
    </div>
  )
}
