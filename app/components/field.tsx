import type { ComponentProps, ReactNode } from 'react'
import { Icon } from './icon.tsx'

interface FieldProps {
  label: string
  name: string
  /** What a form's action found wrong with this field. */
  error?: string | undefined
  hint?: ReactNode
}

function describedBy(id: string, { error, hint }: Pick<FieldProps, 'error' | 'hint'>) {
  const ids = [error === undefined ? '' : `${id}-error`, hint === undefined ? '' : `${id}-hint`].filter(Boolean)
  return ids.length === 0 ? {} : { 'aria-describedby': ids.join(' ') }
}

function Around({ id, label, error, hint, children }: Omit<FieldProps, 'name'> & { id: string; children: ReactNode }) {
  return (
    <div>
      <label htmlFor={id}>{label}</label>
      {children}
      {hint === undefined ? null : (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} message={error} />
    </div>
  )
}

/** The reason beside the field it belongs to. */
export function FieldError({ id, message }: { id: string; message: string | undefined }) {
  if (message === undefined) return null
  return (
    <p className="field-error" id={id} role="alert" tabIndex={-1}>
      <Icon name="fail" />
      {message}
    </p>
  )
}

export function TextField({ label, error, hint, ...input }: FieldProps & Omit<ComponentProps<'input'>, 'name'>) {
  const id = input.id ?? `f-${input.name}`
  return (
    <Around id={id} label={label} error={error} hint={hint}>
      <input
        className="field"
        {...input}
        id={id}
        aria-invalid={error !== undefined}
        {...describedBy(id, { error, hint })}
      />
    </Around>
  )
}

export function TextArea({ label, error, hint, ...input }: FieldProps & Omit<ComponentProps<'textarea'>, 'name'>) {
  const id = input.id ?? `f-${input.name}`
  return (
    <Around id={id} label={label} error={error} hint={hint}>
      <textarea
        className="field"
        {...input}
        id={id}
        aria-invalid={error !== undefined}
        {...describedBy(id, { error, hint })}
      />
    </Around>
  )
}

interface SelectFieldProps extends FieldProps, Omit<ComponentProps<'select'>, 'name'> {
  options: readonly { value: string; text: string }[]
}

export function SelectField({ label, error, hint, options, ...input }: SelectFieldProps) {
  const id = input.id ?? `f-${input.name}`
  return (
    <Around id={id} label={label} error={error} hint={hint}>
      <select
        className="field"
        {...input}
        id={id}
        aria-invalid={error !== undefined}
        {...describedBy(id, { error, hint })}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
    </Around>
  )
}
