import { data, type MetaFunction, redirect } from '@remix-run/node'
import { Form, Link, useActionData, useLoaderData } from '@remix-run/react'
import { systemClock } from '#governance/ledger/clock.ts'
import { deleteView } from '#governance/views/delete-view.ts'
import { listViews } from '#governance/views/list-views.ts'
import { renameView } from '#governance/views/rename-view.ts'
import { saveView } from '#governance/views/save-view.ts'
import { countOf } from '#models/format-metric.ts'
import { guarded, isOversightError, readers, statusOf } from '../access.server.ts'
import { Button } from '../components/button.tsx'
import { SaveViewForm } from '../components/evidence/save-view-form.tsx'
import { SavesTable } from '../components/evidence/saves-table.tsx'
import { ViewTable } from '../components/evidence/view-table.tsx'
import { Notice } from '../components/notice.tsx'
import { Page } from '../components/page.tsx'
import { EmptyState } from '../components/state.tsx'
import { viewHref } from '../evidence/views/view-menu.ts'
import { viewSearch, viewWords } from '../evidence/views/view-search.ts'
import { ledger } from '../ledger.server.ts'
import { type PageHandle, pageTitle } from '../page-handle.ts'

export const handle: PageHandle = { nav: 'overview', month: 'none' }
export const meta: MetaFunction = () => pageTitle('My views')

export const loader = guarded(readers, async ({ request, user }) => {
  const views = await listViews(await ledger(), { userId: user.id })
  const { searchParams } = new URL(request.url)
  const [name, search] = [searchParams.get('name'), searchParams.get('search')]
  return {
    views: views.map(({ id, name, search }) => ({ id, name, href: viewHref(search), words: viewWords(search) })),
    done: searchParams.get('done'),
    // What was deleted with the last click, to bring it back.
    deleted: name === null || search === null ? null : { name, search },
  }
})

/** Saves a view of the overview and opens it, or renames or deletes one. */
export const action = guarded(readers, async ({ request, user }) => {
  const form = await request.formData()
  const text = (name: string): string => String(form.get(name) ?? '')
  const [open, by] = [await ledger(), user.id]
  const [renamed, deleted] = [text('rename'), text('delete')]
  const name = text('name')
  try {
    if (deleted !== '') {
      const view = (await listViews(open, { userId: by })).find(({ id }) => id === deleted)
      await deleteView(open, { viewId: deleted, by })
      const { name = '', search = '' } = view ?? {}
      return redirect(`/overview/views?${new URLSearchParams({ done: 'deleted', name, search })}`)
    }
    if (renamed !== '') {
      await renameView(open, { viewId: renamed, name, by })
      return redirect('/overview/views?done=renamed')
    }
    const address = new URLSearchParams(text('search'))
    if (text('month') === '') address.delete('month')
    else address.set('month', text('month'))
    const { search } = await saveView(open, { name, search: viewSearch(address), by }, systemClock())
    return redirect(text('undo') === '' ? viewHref(search) : '/overview/views?done=restored')
  } catch (error) {
    if (!isOversightError(error) || error.code === 'internal') throw error
    const refused = { error: error.message, name, viewId: renamed || deleted }
    return data(
      { ...refused, search: text('search'), month: text('month'), shown: text('shown') },
      statusOf(error.code),
    )
  }
})

const doneWords: Readonly<Record<string, string>> = {
  renamed: 'The view has its new name.',
  deleted: 'The view is deleted.',
  restored: 'The view is back.',
}

export default function Views() {
  const { views, done, deleted } = useLoaderData<typeof loader>()
  const refused = useActionData<typeof action>()
  const said = refused === undefined && done !== null ? doneWords[done] : undefined
  const isListed = views.some(({ id }) => id === refused?.viewId)
  return (
    <Page>
      <nav className="crumbs" aria-label="Breadcrumb">
        <Link to="/overview">Overview</Link>
        <span aria-hidden="true">/</span>
        <span>My views</span>
      </nav>
      <h1>My views</h1>
      <p className="lead">
        Overviews that you gave a name, for you alone. To show one to somebody else, send them its address.
      </p>
      {said === undefined ? null : (
        <div className="gap">
          <Notice kind="pass">
            {said} {done === 'deleted' && deleted !== null ? <Undo {...deleted} /> : null}
          </Notice>
        </div>
      )}
      {refused === undefined || isListed ? null : refused.viewId === '' && /^\d{4}-\d{2}$/.test(refused.shown) ? (
        <section aria-label="Save a view">
          <SaveViewForm
            search={refused.search}
            month={refused.shown}
            isMonthKept={refused.month !== ''}
            name={refused.name}
            error={refused.error}
          />
        </section>
      ) : (
        <div className="gap">
          <Notice kind="fail">{refused.error}</Notice>
        </div>
      )}
      <section aria-label="Your views">
        {views.length === 0 ? (
          <EmptyState title="No view yet">
            <p>
              Choose filters on the <Link to="/overview">overview</Link> and save them under a name with "My views".
            </p>
          </EmptyState>
        ) : (
          <>
            <div className="head">
              <h2>{countOf(views.length, 'view')}</h2>
              <SavesTable href="/overview/views.csv" what="views that you saved" />
            </div>
            <ViewTable
              views={views}
              refused={refused === undefined ? null : { id: refused.viewId, name: refused.name, error: refused.error }}
            />
          </>
        )}
      </section>
    </Page>
  )
}

/** Saves the deleted view again. */
function Undo({ name, search }: { name: string; search: string }) {
  return (
    <Form method="post" className="inline-form">
      <input type="hidden" name="name" value={name} />
      <input type="hidden" name="search" value={search} />
      <input type="hidden" name="month" value={new URLSearchParams(search).get('month') ?? ''} />
      <Button size="small" name="undo" value="1" aria-label={`Undo: bring ${name} back`}>
        Undo
      </Button>
    </Form>
  )
}
