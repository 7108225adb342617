import { Form } from '@remix-run/react'
import { type ApiScope, machineScopes } from '#governance/accounts/api-scopes.ts'
import { scopeWords } from '../../account/token-view.ts'
import type { FormErrors } from '../../form-errors.ts'
import { Button } from '../button.tsx'
import { FieldError, SelectField, TextField } from '../field.tsx'
import { Notice } from '../notice.tsx'

interface TokenFormProps {
  scopes: readonly ApiScope[]
  /** Also tokens of machines, such as the AI platform's. */
  mayMakeMachines: boolean
  errors: FormErrors | undefined
  values: Readonly<Record<string, string>>
}

/** Makes a token: what for, what it may read, how long, signed with the password. */
export function TokenForm({ scopes, mayMakeMachines, errors, values }: TokenFormProps) {
  const chosen = (values.scopes ?? '').split(' ')
  const shown = mayMakeMachines ? [...new Set([...scopes, ...machineScopes])].sort() : scopes
  return (
    <Form method="post" className="form">
      {errors?.form == null ? null : <Notice kind="fail">{errors.form}</Notice>}
      <TextField
        label="Name"
        name="name"
        maxLength={80}
        defaultValue={values.name}
        error={errors?.fields.name}
        hint="What it is for: the notebook, the job, the platform."
      />
      <fieldset>
        <legend>May read</legend>
        {shown.map((scope) => (
          <div className="choice" key={scope}>
            <input
              type="checkbox"
              name="scope"
              id={`scope-${scope}`}
              value={scope}
              defaultChecked={chosen.includes(scope)}
            />
            <label htmlFor={`scope-${scope}`}>
              {scope}
              <small>{scopeWords[scope]}</small>
            </label>
          </div>
        ))}
        <FieldError id="f-scope-error" message={errors?.fields.scope} />
      </fieldset>
      {mayMakeMachines ? (
        <SelectField
          label="Whose"
          name="whose"
          defaultValue={values.whose ?? 'machine'}
          options={[
            { value: 'machine', text: "A machine's own" },
            { value: 'mine', text: 'Mine' },
          ]}
          hint={`A machine's, such as the AI platform's, reads ${machineScopes.join(' and ')}. It ends with its date, and outlives the account that made it.`}
        />
      ) : null}
      <SelectField
        label="Valid for"
        name="days"
        defaultValue={values.days ?? '90'}
        options={['7', '30', '90', '365'].map((days) => ({ value: days, text: `${days} days` }))}
      />
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={errors?.fields.password}
        hint="Yours, once more: whoever holds the token reads without it."
      />
      <Button look="primary">Make the token</Button>
    </Form>
  )
}
