import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { z } from 'zod'
import { listUsers } from '#governance/accounts/list-users.ts'
import { oversightLevels } from '#governance/evaluate/levels.ts'
import { systemClock } from '#governance/ledger/clock.ts'
import { riskTiers } from '#governance/policy/policy.ts'
import { changeType } from '#governance/registry/change-type.ts'
import { findRegisteredType } from '#governance/registry/list-registered-types.ts'
import { recordTypeFacts } from '#governance/registry/record-type-facts.ts'
import { registerType } from '#governance/registry/register-type.ts'
import { typeFactsInputSchema } from '#governance/registry/type-facts-input.ts'
import { typeInputSchema } from '#governance/registry/type-input.ts'
import { listTypes } from '#models/monthly/list-types.ts'
import { OversightError } from '#models/oversight-error.ts'
import { guarded } from '../access.server.ts'
import { Button, ButtonLink } from '../components/button.tsx'
import { SelectField, TextArea, TextField } from '../components/field.tsx'
import { levelWords } from '../components/level-glyph.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { FactsForm } from '../components/registry/facts-form.tsx'
import { typeHref } from '../evidence/rows-href.ts'
import { fieldErrors } from '../form-errors.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { refusal } from '../refusal.server.ts'
import { registrationHref, registryWriters, tierWords } from '../registry/registration.ts'
import { findWarehouse } from '../warehouse.server.ts'

export const handle: PageHandle = { nav: 'responsibilities', month: 'none' }
export const meta: MetaFunction = ({ params }) => pageTitle(`Responsibilities of ${params.type}`)

export const loader = guarded(registryWriters, async ({ request, params }) => {
  const interactionType = params.type ?? ''
  const open = await ledger()
  const type = await findRegisteredType(open, interactionType)
  if (type === undefined && !(await isSeen(interactionType))) {
    throw new OversightError('not_found', `No interaction type is called "${interactionType}".`)
  }
  const people = await listUsers(open)
  return {
    interactionType,
    type: type ?? null,
    owners: people.filter(({ isDisabled }) => !isDisabled).map(({ id, name, roles }) => ({ id, name, roles })),
    isDone: new URL(request.url).searchParams.get('done') === '1',
  }
})

async function isSeen(interactionType: string): Promise<boolean> {
  const warehouse = await findWarehouse()
  return warehouse !== undefined && (await listTypes(warehouse.db)).includes(interactionType)
}

const registrationForm = typeInputSchema.omit({ interactionType: true, isDisclosureAttested: true }).extend({
  ownerId: z.string('Choose who answers for this type.').min(1, 'Choose who answers for this type.'),
})

const factsForm = typeFactsInputSchema.omit({ interactionType: true, hasLegalEffect: true })

/** Registers the type, changes what is registered of it, or states its law and limits. */
export const action = guarded(registryWriters, async ({ request, params, user }) => {
  const form = Object.fromEntries(await request.formData())
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))
  if (form.part === 'facts') return saveFacts(form, values, { interactionType: params.type ?? '', by: user.id })
  const parsed = registrationForm.safeParse(form)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error) }, { status: 400 })
  const interactionType = params.type ?? ''
  const input = {
    ...parsed.data,
    interactionType,
    isDisclosureAttested: form.isDisclosureAttested === 'on',
    by: user.id,
  }
  try {
    const open = await ledger()
    const isRegistered = (await findRegisteredType(open, interactionType)) !== undefined
    await (isRegistered ? changeType : registerType)(open, input, systemClock())
    return redirect(`${registrationHref(interactionType)}?done=1`)
  } catch (error) {
    return refusal(error, values)
  }
})

async function saveFacts(
  form: Readonly<Record<string, FormDataEntryValue>>,
  values: Record<string, string>,
  about: { interactionType: string; by: string },
) {
  const parsed = factsForm.safeParse(form)
  if (!parsed.success) return data({ values, errors: fieldErrors(parsed.error) }, { status: 400 })
  try {
    const input = { ...parsed.data, ...about, hasLegalEffect: form.hasLegalEffect === 'on' }
    await recordTypeFacts(await ledger(), input, systemClock())
    return redirect(`${registrationHref(about.interactionType)}?done=1`)
  } catch (error) {
    return refusal(error, values)
  }
}

export default function Registration() {
  const { interactionType, type, owners, isDone } = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const isOfFacts = answer?.values.part === 'facts'
  const values = isOfFacts ? undefined : answer?.values
  const fields = isOfFacts ? {} : (answer?.errors.fields ?? {})
  const text = (name: 'area' | 'aiDoes' | 'humansDo' | 'requiredControls') => values?.[name] ?? type?.[name] ?? ''
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/responsibilities">Responsibilities</Link>
        <span aria-hidden="true">/</span>
        <Link to={typeHref(interactionType)}>{interactionType}</Link>
      </nav>
      <h1>{type === null ? `Register ${interactionType}` : interactionType}</h1>
      <p className="lead">
        {type === null
          ? 'After this the type has an owner and limits; its first level is signed in the review room.'
          : 'What changes here is in the audit trail at once, with your name. The level itself changes only by a signed decision.'}
      </p>
      {isDone && answer === undefined ? (
        <div className="gap">
          <Notice kind="pass">Saved, and written to the audit trail.</Notice>
        </div>
      ) : null}
      {answer?.errors.form ? (
        <div className="gap">
          <Notice kind="fail">{answer.errors.form}</Notice>
        </div>
      ) : null}
      <Form method="post" className="form plain-form" noValidate>
        <div className="pair">
          <TextField label="Area" name="area" defaultValue={text('area')} error={fields.area} required />
          <SelectField
            label="Owner"
            name="ownerId"
            defaultValue={values?.ownerId ?? type?.ownerId}
            error={fields.ownerId}
            hint="Answers for the type and may stop it; may not sign its level."
            options={owners.map(({ id, name, roles }) => ({ value: id, text: `${name} (${roles.join(', ')})` }))}
          />
        </div>
        <div className="pair">
          <SelectField
            label="Risk tier"
            name="riskTier"
            defaultValue={values?.riskTier ?? type?.riskTier ?? 'medium'}
            error={fields.riskTier}
            hint="Decides the limit of the error rate."
            options={riskTiers.map((tier) => ({ value: tier, text: tierWords[tier] }))}
          />
          <SelectField
            label="Ceiling"
            name="ceiling"
            defaultValue={values?.ceiling ?? type?.ceiling ?? 'human_in_the_loop'}
            error={fields.ceiling}
            hint="The level it may never go beyond."
            options={oversightLevels.map((level) => ({ value: level, text: levelWords[level] }))}
          />
        </div>
        <TextArea
          label="What the AI does"
          name="aiDoes"
          rows={3}
          maxLength={2000}
          defaultValue={text('aiDoes')}
          error={fields.aiDoes}
        />
        <TextArea
          label="What people do"
          name="humansDo"
          rows={3}
          maxLength={2000}
          defaultValue={text('humansDo')}
          error={fields.humansDo}
        />
        <TextArea
          label="Required controls"
          name="requiredControls"
          rows={3}
          maxLength={2000}
          defaultValue={text('requiredControls')}
          error={fields.requiredControls}
        />
        <div className="choice">
          <input
            type="checkbox"
            id="disclosure"
            name="isDisclosureAttested"
            defaultChecked={
              values === undefined ? type?.isDisclosureAttested === true : values.isDisclosureAttested === 'on'
            }
          />
          <label htmlFor="disclosure">
            Customers are told that they talk to an AI
            <small>Without it the type can never expand.</small>
          </label>
        </div>
        <div className="actions">
          <Button look="primary">{type === null ? 'Register' : 'Save the change'}</Button>
          <ButtonLink to="/responsibilities">Back</ButtonLink>
        </div>
      </Form>
      {type === null ? null : (
        <FactsForm
          key={type.facts?.version ?? 0}
          facts={type.facts}
          values={isOfFacts ? answer?.values : undefined}
          errors={isOfFacts ? (answer?.errors.fields ?? {}) : {}}
        />
      )}
    </Page>
  )
}
