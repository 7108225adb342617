import { Form } from '@remix-run/react'
import type { FormErrors } from '../../form-errors.ts'
import type { BaselineForm } from '../../review-type-view.ts'
import { Button } from '../button.tsx'
import { FieldError, SelectField, TextArea, TextField } from '../field.tsx'
import { levelMeanings, levelWords } from '../level-glyph.tsx'
import { Notice } from '../notice.tsx'
import { Choice } from './choice.tsx'

interface BaselinePanelProps {
  form: BaselineForm
  errors: FormErrors | undefined
  values: Readonly<Record<string, string>>
}

/** A type seen in the data enters the registry and gets its first level, signed by one approver. */
export function BaselinePanel({ form, errors, values }: BaselinePanelProps) {
  const fields = errors?.fields ?? {}
  return (
    <Form method="post" className="sign" aria-labelledby="panel" noValidate>
      <div>
        <h2 id="panel">{form.isRegistered ? 'Sign the first level' : 'Register this type'}</h2>
        <p className="soft">
          The first level states how things are already. No gate is asked; expanding comes later, in a review.
        </p>
        {errors?.form ? (
          <div className="gap">
            <Notice kind="fail">{errors.form}</Notice>
          </div>
        ) : null}
      </div>
      {form.isRegistered ? null : (
        <div className="fields">
          <TextField
            label="Area"
            name="area"
            defaultValue={values.area}
            error={fields.area}
            hint="For example payments."
            required
          />
          <SelectField
            label="Risk tier"
            name="riskTier"
            defaultValue={values.riskTier ?? 'medium'}
            error={fields.riskTier}
            options={form.riskTiers}
          />
          <SelectField
            label="Ceiling"
            name="ceiling"
            defaultValue={values.ceiling ?? 'human_in_the_loop'}
            error={fields.ceiling}
            hint="The level it may never go beyond."
            options={form.levels.map((level) => ({ value: level, text: levelWords[level] }))}
          />
          <SelectField
            label="Owner"
            name="ownerId"
            defaultValue={values.ownerId}
            error={fields.ownerId}
            hint="Answers for the type and may stop it, so may not sign its level: that is why you are not listed."
            options={form.owners}
          />
          <TextArea
            label="What the AI does"
            name="aiDoes"
            rows={2}
            defaultValue={values.aiDoes}
            error={fields.aiDoes}
          />
          <TextArea
            label="What people do"
            name="humansDo"
            rows={2}
            defaultValue={values.humansDo}
            error={fields.humansDo}
          />
          <TextArea
            label="Required controls"
            name="requiredControls"
            rows={2}
            defaultValue={values.requiredControls}
            error={fields.requiredControls}
          />
          <div className="choice">
            <input
              type="checkbox"
              id="disclosure"
              name="isDisclosureAttested"
              defaultChecked={values.isDisclosureAttested === 'on'}
            />
            <label htmlFor="disclosure">
              Customers are told that they talk to an AI
              <small>Without it the type can never expand.</small>
            </label>
          </div>
        </div>
      )}
      <div>
        <fieldset>
          <legend>Level in force today</legend>
          {form.levels.map((level) => (
            <Choice
              key={level}
              name="level"
              value={level}
              isChosen={values.level === level}
              label={<b>{levelWords[level]}</b>}
              note={levelMeanings[level]}
            />
          ))}
          <FieldError id="level-error" message={fields.level} />
        </fieldset>
        <div className="gap">
          <TextArea
            label="Reason"
            name="reason"
            rows={2}
            defaultValue={values.reason}
            error={fields.reason}
            hint="How you know that this is the level today."
            required
          />
        </div>
      </div>
      <div>
        <p className="meaning">
          You sign as <b>{form.signer}</b> that this is the first level of {form.interactionType}.
        </p>
        <div className="gap">
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            error={fields.password}
            required
          />
        </div>
        <Button look="primary" name="intent" value="baseline">
          {form.isRegistered ? 'Sign the first level' : 'Register and sign'}
        </Button>
        <p className="fine">Goes into the audit trail, with a receipt for you.</p>
      </div>
    </Form>
  )
}
