import { Form } from '@remix-run/react'
import { riskClasses } from '#governance/evaluate/risk-class.ts'
import type { TypeFacts } from '#governance/registry/type-facts.ts'
import { classWords } from '../../registry/registration.ts'
import { Button } from '../button.tsx'
import { SelectField, TextArea, TextField } from '../field.tsx'

interface FactsFormProps {
  facts: Pick<
    TypeFacts,
    'version' | 'riskClass' | 'riskClassReason' | 'hasLegalEffect' | 'knowledgeSources' | 'moneyLimit'
  > | null
  /** As they were sent, where the action refused them. */
  values: Readonly<Record<string, string>> | undefined
  errors: Readonly<Record<string, string | undefined>>
}

/** States the risk class, legal effect, knowledge sources and money limit of a registered type. */
export function FactsForm({ facts, values, errors }: FactsFormProps) {
  return (
    <section className="page-gap" aria-labelledby="facts">
      <div className="head">
        <h2 id="facts">Law and limits</h2>
        <p>{facts === null ? 'Not stated yet, so nothing of it bars a level' : `Version ${facts.version}`}</p>
      </div>
      <Form method="post" className="form" noValidate>
        <input type="hidden" name="part" value="facts" />
        <div className="pair">
          <SelectField
            label="Legal risk class"
            name="riskClass"
            defaultValue={values?.riskClass ?? facts?.riskClass ?? 'limited'}
            error={errors.riskClass}
            hint="High: never on the loop. Blocked (credit, employment, essential services): people always lead."
            options={riskClasses.map((each) => ({ value: each, text: classWords[each] }))}
          />
          <TextField
            label="Money limit"
            name="moneyLimit"
            defaultValue={values?.moneyLimit ?? facts?.moneyLimit ?? ''}
            error={errors.moneyLimit}
            hint="Amount and currency, such as 100 EUR. Empty: none."
          />
        </div>
        <TextArea
          label="Why this legal risk class"
          name="riskClassReason"
          rows={2}
          maxLength={2000}
          defaultValue={values?.riskClassReason ?? facts?.riskClassReason ?? ''}
          error={errors.riskClassReason}
          required
        />
        <TextArea
          label="Approved knowledge sources"
          name="knowledgeSources"
          rows={2}
          maxLength={2000}
          defaultValue={values?.knowledgeSources ?? facts?.knowledgeSources ?? ''}
          error={errors.knowledgeSources}
          hint="What the AI may answer from."
        />
        <div className="choice">
          <input
            type="checkbox"
            id="legal-effect"
            name="hasLegalEffect"
            defaultChecked={values === undefined ? facts?.hasLegalEffect === true : values.hasLegalEffect === 'on'}
          />
          <label htmlFor="legal-effect">
            Decides with legal or similarly significant effect
            <small>Such as refusing a large refund or closing an account. It then never goes on the loop.</small>
          </label>
        </div>
        <div className="actions">
          <Button look="primary">Save as a new version</Button>
        </div>
      </Form>
    </section>
  )
}
