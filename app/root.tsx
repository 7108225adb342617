import interUrl from '@fontsource-variable/inter/files/inter-latin-wght-normal.woff2?url'
import type { LinksFunction, MetaFunction } from '@remix-run/node'
import {
  isRouteErrorResponse,
  Links,
  Meta,
  Outlet,
  Scripts,
  ScrollRestoration,
  useMatches,
  useRouteLoaderData,
} from '@remix-run/react'
import { type ReactNode, useEffect } from 'react'
import { open } from './access.server.ts'
import { ChartPatterns } from './charts/chart-patterns.tsx'
import { useChartMarks } from './components/evidence/use-chart-marks.ts'
import { usePictureButtons } from './components/evidence/use-picture-buttons.ts'
import { IconShapes } from './components/icon.tsx'
import { ProblemPage } from './components/problem-page.tsx'
import { BareShell, Shell } from './components/shell.tsx'
import { useFittingTables } from './components/use-fitting-tables.ts'
import { usePageLinks } from './components/use-page-links.ts'
import { useNonce } from './nonce.ts'
import { type PageHandle, pageTitle } from './page-handle.ts'
import { type ShellData, shellData } from './shell.server.ts'
import stylesUrl from './styles/app.css?url'

export const links: LinksFunction = () => [
  { rel: 'preload', href: interUrl, as: 'font', type: 'font/woff2', crossOrigin: 'anonymous' },
  { rel: 'stylesheet', href: stylesUrl },
  { rel: 'icon', href: '/favicon.svg', type: 'image/svg+xml' },
]

export const meta: MetaFunction = ({ error }) => {
  if (error === undefined) return pageTitle('Governance for AI in customer support')
  return pageTitle(isRouteErrorResponse(error) && error.status === 404 ? 'Not found' : 'This page cannot be shown')
}

export const loader = open(({ request }) => shellData(request))

export function Layout({ children }: { children: ReactNode }) {
  const nonce = useNonce()
  const shell = useRouteLoaderData<typeof loader>('root')
  const isPaper = useMatches().some(({ handle }) => (handle as PageHandle | undefined)?.frame === 'paper')
  const theme = isPaper ? 'light' : (shell?.theme ?? 'system')
  return (
    <html lang="en" data-theme={theme === 'system' ? undefined : theme}>
      <head>
        <meta charSet="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content={theme === 'system' ? 'light dark' : theme} />
        <Meta />
        <Links />
      </head>
      <body>
        <IconShapes />
        <ChartPatterns />
        <a className="skip" href="#main">
          Skip to content
        </a>
        {children}
        <ScrollRestoration nonce={nonce} />
        <Scripts nonce={nonce} />
      </body>
    </html>
  )
}

export default function App() {
  useClosingMenus()
  usePageLinks()
  useChartMarks()
  usePictureButtons()
  useFittingTables()
  return (
    <WithShell>
      <Outlet />
    </WithShell>
  )
}

export function ErrorBoundary() {
  return (
    <WithShell>
      <ProblemPage />
    </WithShell>
  )
}

const bareShell: ShellData = { theme: 'system', isDemonstration: false, signedIn: null }

function WithShell({ children }: { children: ReactNode }) {
  // null, against its type, on the page of an action that was refused: no loader ran.
  const shell = useRouteLoaderData<typeof loader>('root') ?? undefined
  if (shell === undefined) return <BareShell shell={bareShell}>{children}</BareShell>
  return <Shell shell={shell}>{children}</Shell>
}

/** Menus are details elements, which stay open by themselves: with JavaScript they close as people expect. */
function useClosingMenus(): void {
  useEffect(() => {
    function closeOthers(event: Event): void {
      if (event instanceof KeyboardEvent && event.key !== 'Escape') return
      for (const menu of document.querySelectorAll<HTMLDetailsElement>('details.menu[open]')) {
        if (event.type === 'keydown' || !menu.contains(event.target as Node)) menu.open = false
      }
    }
    document.addEventListener('click', closeOthers)
    document.addEventListener('keydown', closeOthers)
    return () => {
      document.removeEventListener('click', closeOthers)
      document.removeEventListener('keydown', closeOthers)
    }
  }, [])
}
