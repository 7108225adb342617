import { isRouteErrorResponse, useRouteError } from '@remix-run/react'
import { ButtonLink } from './button.tsx'
import type { IconName } from './icon.tsx'
import { State } from './state.tsx'

interface Words {
  icon: IconName
  title: string
  message: string
}

/** What a page shows instead of itself when it cannot be shown: why, and where to go from here. */
export function ProblemPage() {
  const { icon, title, message } = wordsFor(useRouteError())
  return (
    <main className="page" id="main" tabIndex={-1}>
      <State isPage icon={icon} title={title} actions={<ButtonLink to="/overview">Go to the overview</ButtonLink>}>
        <p>{message}</p>
      </State>
    </main>
  )
}

function wordsFor(error: unknown): Words {
  if (!isRouteErrorResponse(error)) {
    return {
      icon: 'fail',
      title: 'This page failed',
      message:
        'Something went wrong on our side and was logged. Nothing was changed by opening this page. Load it again; if it stays, tell the operator what you did and when.',
    }
  }
  const told = messageOf(error.data)
  if (error.status === 404) {
    return { icon: 'none', title: 'Not found', message: told ?? 'There is no page at this address.' }
  }
  if (error.status === 403) {
    return { icon: 'none', title: 'Not allowed', message: told ?? 'Your roles do not include this page.' }
  }
  if (error.status === 409) {
    return { icon: 'inconclusive', title: 'Somebody was faster', message: told ?? 'Load the page again and look.' }
  }
  return { icon: 'fail', title: 'This request cannot be answered', message: told ?? `Status ${error.status}.` }
}

function messageOf(body: unknown): string | undefined {
  return typeof body === 'string' && body !== '' ? body : undefined
}
