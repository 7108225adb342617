import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { systemClock } from '#governance/ledger/clock.ts'
import type { Ledger } from '#governance/ledger/open-ledger.ts'
import { draftPolicy } from '#governance/policy/draft-policy.ts'
import { listPolicyDrafts } from '#governance/policy/list-policy-drafts.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { recommendedPolicy } from '#governance/policy/recommended-policy.ts'
import { listRegisteredTypes } from '#governance/registry/list-registered-types.ts'
import { getCurrentPolicy } from '#governance/review/published-policy.ts'
import { countOf } from '#models/format-metric.ts'
import { guarded } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { TextArea, TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { ChangeTable } from '../components/policy/change-table.tsx'
import { PolicyFormFields } from '../components/policy/policy-form-fields.tsx'
import { QuorumNotice } from '../components/policy/quorum-notice.tsx'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { draftHref } from '../policy/draft-hrefs.ts'
import { policyChanges } from '../policy/policy-changes.ts'
import { policyFormValues, readPolicyForm } from '../policy/policy-form.ts'
import { quorumWarningsToday } from '../policy-draft.server.ts'
import { refusal } from '../refusal.server.ts'

export const handle: PageHandle = { nav: 'policy', month: 'none' }
export const meta: MetaFunction = () => pageTitle('Draft of a policy')

/** Who may propose a policy; they may then not approve it. */
const drafters = ['approver', 'reviewer'] as const

export const loader = guarded(drafters, async ({ request }) => {
  const open = await ledger()
  const current = await getCurrentPolicy(open.db)
  const base = await basisOf(open, new URL(request.url).searchParams.get('from'), current)
  const types = await listRegisteredTypes(open)
  const values = policyFormValues(base)
  const read = readPolicyForm(values, current, current.version + 1)
  return {
    inForce: current.version,
    values,
    changes: base !== current && 'policy' in read ? policyChanges(current, read.policy) : [],
    quorumWarnings: 'policy' in read ? await quorumWarningsToday(read.policy) : [],
    types: types.map(({ interactionType }) => interactionType).sort(),
  }
})

/** What the form begins with: what is in force, what this version of Oversight recommends, or an earlier draft. */
async function basisOf(open: Ledger, from: string | null, current: Policy): Promise<Policy> {
  if (from === 'recommended') return recommendedPolicy
  if (from === null) return current
  return (await listPolicyDrafts(open)).find(({ id }) => id === from)?.policy ?? current
}

export const action = guarded(drafters, async ({ request, user }) => {
  const form = Object.fromEntries(await request.formData())
  const values = Object.fromEntries(Object.entries(form).map(([name, value]) => [name, String(value)]))
  const open = await ledger()
  const current = await getCurrentPolicy(open.db)
  const read = readPolicyForm(values, current, current.version + 1)
  if (!('policy' in read)) {
    return data(
      { values, errors: { fields: read.fields, form: read.form }, changes: null, quorumWarnings: [] },
      { status: 400 },
    )
  }
  const changes = policyChanges(current, read.policy)
  const quorumWarnings = await quorumWarningsToday(read.policy)
  if (values.intent !== 'draft') return data({ values, errors: null, changes, quorumWarnings })
  const reason = values.reason ?? ''
  if (reason.trim() === '') {
    const errors = { fields: { reason: 'Say why the policy should change.' }, form: null }
    return data({ values, errors, changes, quorumWarnings }, { status: 400 })
  }
  try {
    const { draftId } = await draftPolicy(open, { policy: read.policy, reason, by: user.id }, systemClock())
    return redirect(`${draftHref(draftId)}?done=draft`)
  } catch (error) {
    const refused = refusal(error, values)
    return data({ ...refused.data, changes, quorumWarnings }, refused.init ?? {})
  }
})

export default function NewDraft() {
  const view = useLoaderData<typeof loader>()
  const answer = useActionData<typeof action>()
  const values = answer?.values ?? view.values
  const fields: Readonly<Record<string, string>> = answer?.errors?.fields ?? {}
  const wrong = Object.keys(fields).length
  const changes = answer === undefined ? view.changes : answer.changes
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/policy">Policy</Link>
      </nav>
      <h1>Draft of policy {view.inForce + 1}</h1>
      <p className="lead">
        <strong>A draft changes nothing by itself.</strong> Approvers other than its author sign it, and it applies to
        the evidence of the month after the last signature. Past months keep the policy that judged them.
      </p>
      {wrong > 0 || answer?.errors?.form ? (
        <div className="gap">
          <Notice kind="fail">
            {answer?.errors?.form ?? `${countOf(wrong, 'field')} cannot be used. The reason stands beside each.`}
          </Notice>
        </div>
      ) : null}
      <Form method="post" className="policy-form" noValidate>
        <div className="stack">
          {changes === null ? null : (
            <section aria-labelledby="changes">
              <div className="head">
                <h2 id="changes">What changes</h2>
                <p>
                  {countOf(changes.length, 'value')} of policy {view.inForce}
                </p>
              </div>
              <QuorumNotice warnings={answer?.quorumWarnings ?? view.quorumWarnings} />
              <ChangeTable changes={changes} />
            </section>
          )}
          <section aria-labelledby="numbers">
            <div className="head">
              <h2 id="numbers">The policy</h2>
            </div>
            <TextField label="Name" name="name" defaultValue={values.name} error={fields.name} required />
            <div className="policy-fields gap">
              <PolicyFormFields values={values} errors={fields} types={view.types} />
            </div>
          </section>
          <section aria-labelledby="submit">
            <div className="head">
              <h2 id="submit">Submit</h2>
            </div>
            <TextArea
              label="Reason"
              name="reason"
              rows={3}
              maxLength={4000}
              defaultValue={values.reason}
              error={fields.reason}
              hint="Why it should change. Whoever approves reads this first."
              required
            />
            <div className="downloads gap">
              <Button name="intent" value="preview">
                Show what changes
              </Button>
              <Button look="primary" name="intent" value="draft">
                Submit the draft
              </Button>
            </div>
            <p className="quiet gap">
              You may not approve what you wrote. The back-test stands on the page of the draft.
            </p>
          </section>
        </div>
      </Form>
    </Page>
  )
}
