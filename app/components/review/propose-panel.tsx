import { Form } from '@remix-run/react'
import type { FormErrors } from '../../form-errors.ts'
import type { ProposalOption } from '../../review-type-view.ts'
import { Button } from '../button.tsx'
import { FieldError, TextArea } from '../field.tsx'
import { Notice } from '../notice.tsx'
import { Choice } from './choice.tsx'

interface ProposePanelProps {
  options: readonly ProposalOption[]
  errors: FormErrors | undefined
  values: Readonly<Record<string, string>>
}

/** The first step of a decision: say what to do, and why where it is not what the gates recommend. */
export function ProposePanel({ options, errors, values }: ProposePanelProps) {
  const chosen = values.action ?? options.find((option) => option.isRecommended && option.obstacle === null)?.action
  return (
    <Form method="post" className="sign" aria-labelledby="panel" noValidate>
      <div>
        <h2 id="panel">Propose a decision</h2>
        {errors?.form ? (
          <div className="gap">
            <Notice kind="fail">{errors.form}</Notice>
          </div>
        ) : null}
        <fieldset className="gap">
          <legend className="hidden">What to propose</legend>
          {options.map((option) => (
            <Choice
              key={option.action}
              name="action"
              value={option.action}
              isChosen={option.action === chosen}
              isBarred={option.obstacle !== null}
              label={
                <>
                  <b>{option.verb}</b> {option.target}
                </>
              }
              note={option.obstacle ?? option.note}
            />
          ))}
          <FieldError id="action-error" message={errors?.fields.action} />
        </fieldset>
        <div className="gap">
          <TextArea
            label="Reason"
            name="reason"
            rows={3}
            maxLength={4000}
            defaultValue={values.reason}
            error={errors?.fields.reason}
            hint="Required against the recommendation. No names of customers."
          />
        </div>
        <Button look="primary" name="intent" value="propose">
          Propose
        </Button>
        <p className="fine">A proposal is not signed yet. Whoever proposes may not approve it, except to reduce.</p>
      </div>
    </Form>
  )
}
