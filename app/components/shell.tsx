import { useLocation, useMatches, useParams } from '@remix-run/react'
import type { ReactNode } from 'react'
import { scopeSearch } from '../evidence/filter/scope-search.ts'
import type { PageHandle } from '../page-handle.ts'
import type { ShellData, SignedInShell } from '../shell.server.ts'
import { Brand } from './brand.tsx'
import { Freshness } from './freshness.tsx'
import { Icon } from './icon.tsx'
import { MonthPicker } from './month-picker.tsx'
import { Navigation } from './navigation.tsx'
import { NavigationProgress } from './navigation-progress.tsx'
import { CommandPalette } from './search/command-palette.tsx'
import { Tag } from './tag.tsx'
import { ThemeSwitch } from './theme-switch.tsx'

interface ShellProps {
  shell: ShellData
  children: ReactNode
}

/** The frame of every page of somebody signed in, and the bare one before that. */
export function Shell({ shell, children }: ShellProps) {
  const handle = useHandle()
  if (handle.frame === 'paper') return children
  if (shell.signedIn === null) return <BareShell shell={shell}>{children}</BareShell>
  return (
    <SignedInFrame shell={shell} signedIn={shell.signedIn} handle={handle}>
      {children}
    </SignedInFrame>
  )
}

interface SignedInFrameProps extends ShellProps {
  signedIn: SignedInShell
  handle: PageHandle
}

function SignedInFrame({ shell, signedIn, handle, children }: SignedInFrameProps) {
  const { month, scope, hrefOf } = useShownMonth(handle, signedIn)
  const shown = signedIn.months.find((candidate) => candidate.month === month)
  return (
    <div className="shell">
      <NavigationProgress />
      <Navigation
        signedIn={signedIn}
        isDemonstration={shell.isDemonstration}
        current={handle.nav}
        month={month}
        scope={scope}
      />
      <div className="content">
        <header className="bar">
          <a className="menu-link icon-button" href="#nav" aria-label="Open menu">
            <Icon name="menu" />
          </a>
          {handle.month === 'none' || month === undefined ? null : (
            <MonthPicker key={month} months={signedIn.months} month={month} hrefOf={hrefOf} />
          )}
          {handle.month === 'none' || shown === undefined ? null : shown.isFinal ? (
            <Tag>Final</Tag>
          ) : (
            <Tag icon="provisional">Provisional</Tag>
          )}
          <Freshness freshness={signedIn.freshness} />
          <CommandPalette month={month} hrefOfMonth={handle.month === 'none' ? undefined : hrefOf} />
          <ThemeSwitch theme={shell.theme} />
        </header>
        {children}
      </div>
    </div>
  )
}

/** Before sign-in: brand, theme, and one thing to do. */
export function BareShell({ shell, children }: ShellProps) {
  return (
    <div className="bare">
      <header>
        <Brand />
        <ThemeSwitch theme={shell.theme} />
      </header>
      {children}
    </div>
  )
}

/** Of the innermost route that says something. */
function useHandle(): PageHandle {
  const matches = useMatches()
  return (matches.findLast((match) => match.handle !== undefined)?.handle ?? { month: 'none' }) as PageHandle
}

function useShownMonth(handle: PageHandle, signedIn: SignedInShell) {
  const { pathname, search } = useLocation()
  const inPath = useParams().month
  const inSearch = new URLSearchParams(search).get('month')
  const asked = handle.month === 'path' ? inPath : handle.month === 'search' ? inSearch : null
  const month = asked && /^\d{4}-\d{2}$/.test(asked) ? asked : (signedIn.defaultMonth ?? undefined)
  const scope = scopeSearch(new URLSearchParams(search))
  if (month !== undefined) scope.set('month', month)
  return {
    month,
    scope: scope.size === 0 ? '' : `?${scope}`,
    hrefOf(other: string): string {
      if (handle.month === 'path' && inPath !== undefined) return pathname.replace(`/${inPath}`, `/${other}`)
      const kept = new URLSearchParams(search)
      kept.set('month', other)
      // A page of rows starts over in another month.
      kept.delete('page')
      return `${pathname}?${kept}`
    },
  }
}
