import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { countOf, formatDay } from '#models/format-metric.ts'
import { guarded } from '../access.server.ts'
import { addPerson } from '../admin-actions.server.ts'
import { OwnPassword } from '../components/admin/own-password.tsx'
import { RoleChoices } from '../components/admin/role-choices.tsx'
import { Button } from '../components/button.tsx'
import { CsvLink } from '../components/csv-link.tsx'
import { TextField } from '../components/field.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { Status } from '../components/status.tsx'
import { type PageHandle, pageTitle } from '../page-handle.ts'
import { listPeople } from '../people.server.ts'
import { refusal } from '../refusal.server.ts'
import { reportingTimeZone } from '../reporting-time-zone.server.ts'

export const handle: PageHandle = { nav: 'admin', month: 'none' }
export const meta: MetaFunction = () => pageTitle('People')

export const loader = guarded(['admin'], async () => {
  const today = new Date().toISOString().slice(0, 10)
  return { people: await listPeople(), today, timeZone: await reportingTimeZone() }
})

export const action = guarded(['admin'], async ({ request, user }) => {
  const form = await request.formData()
  const values = {
    email: String(form.get('email') ?? ''),
    name: String(form.get('name') ?? ''),
    roles: form.getAll('roles').join(','),
  }
  try {
    const outcome = await addPerson(request, { form, by: user.id })
    if ('errors' in outcome) return data({ values, errors: outcome.errors }, { status: 400 })
    return redirect(`/admin/${outcome.id}?done=add`, { headers: outcome.headers })
  } catch (error) {
    return refusal(error, values)
  }
})

export default function People() {
  const { people, today, timeZone } = useLoaderData<typeof loader>()
  const active = people.filter(({ isDisabled }) => !isDisabled)
  const approvers = active.filter(({ roles }) => roles.includes('approver'))
  return (
    <Page>
      <h1>People</h1>
      <p className="lead">
        <strong>
          {countOf(active.length, 'person has', 'people have')} an account, {approvers.length} of them{' '}
          {approvers.length === 1 ? 'is an approver' : 'are approvers'}.
        </strong>{' '}
        Whoever gives out rights may not sign decisions: nobody is admin and approver at once. Every change here is in
        the audit trail.
      </p>
      <section aria-labelledby="people">
        <div className="head">
          <h2 id="people">Accounts</h2>
          <p>
            By name. <CsvLink to="/admin/people.csv" what="accounts" />
          </p>
        </div>
        <table className="register">
          <caption className="hidden">Accounts by name</caption>
          <thead>
            <tr>
              <th scope="col">Name</th>
              <th scope="col">Roles</th>
              <th scope="col">Trained until</th>
              <th scope="col">Added</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {people.map((person) => (
              <tr key={person.id}>
                <th scope="row">
                  <Link to={`/admin/${person.id}`}>{person.name}</Link>
                  <span className="sub">{person.email}</span>
                </th>
                <td data-label="Roles">{person.roles.join(', ')}</td>
                <td data-label="Trained until" className="nowrap">
                  {person.trainedUntil ?? <span className="quiet">no record</span>}
                  {person.trainedUntil !== null && person.trainedUntil < today ? (
                    <>
                      {' '}
                      <Status kind="inconclusive" word="Expired" />
                    </>
                  ) : null}
                </td>
                <td data-label="Added" className="nowrap">
                  {formatDay(person.createdAt, timeZone)}
                </td>
                <td data-label="State">
                  {person.isDisabled ? <Status kind="none" word="Closed" /> : <Status kind="pass" word="Open" />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      <AddPerson />
    </Page>
  )
}

function AddPerson() {
  const answer = useActionData<typeof action>()
  const fields = answer?.errors.fields ?? {}
  return (
    <section aria-labelledby="add">
      <div className="head">
        <h2 id="add">Add a person</h2>
      </div>
      <Form method="post" className="form" noValidate>
        {answer?.errors.form ? <Notice kind="fail">{answer.errors.form}</Notice> : null}
        <TextField
          label="Name"
          name="name"
          autoComplete="off"
          maxLength={120}
          hint="Printed on signatures. One account per person: shared ones cannot be told apart in the trail."
          defaultValue={answer?.values.name}
          error={fields.name}
          required
        />
        <TextField
          label="E-mail"
          name="email"
          type="email"
          autoComplete="off"
          defaultValue={answer?.values.email}
          error={fields.email}
          required
        />
        <RoleChoices held={answer?.values.roles?.split(',') ?? ['viewer']} error={fields.roles} />
        <TextField
          label="First password"
          name="firstPassword"
          type="password"
          autoComplete="new-password"
          hint="Tell it to the person. It opens nothing but the page on which they set their own."
          error={fields.firstPassword}
          required
        />
        <OwnPassword id="add" error={fields.password} />
        <div className="actions">
          <Button look="primary">Add the person</Button>
        </div>
      </Form>
    </section>
  )
}
