import type { Role } from '#governance/accounts/roles.ts'
import type { NavigationEntry } from './page-handle.ts'

export interface NavigationGroup {
  title: string
  entries: { id: NavigationEntry; to: string; text: string }[]
}

interface NavigationFor {
  roles: readonly Role[]
  maySeeTrail: boolean
  /** Carried along to pages that show a month. */
  month: string | undefined
  /** Month, comparison and filter, with a question mark: to pages that know them. The month alone unless given. */
  scope?: string
}

/** The main pages that a person may see, as the navigation groups them. */
export function navigationGroups({ roles, maySeeTrail, month, scope }: NavigationFor): NavigationGroup[] {
  const search = month === undefined ? '' : `?month=${month}`
  const evidence = scope ?? search
  const groups: NavigationGroup[] = [
    {
      title: 'Review',
      entries: [
        { id: 'overview', to: `/overview${evidence}`, text: 'Overview' },
        { id: 'reviews', to: '/reviews', text: 'Review room' },
        { id: 'decisions', to: '/decisions', text: 'Decisions' },
      ],
    },
    {
      title: 'Evidence',
      entries: [
        { id: 'types', to: `/types${evidence}`, text: 'Interaction types' },
        { id: 'quality', to: `/quality${search}`, text: 'Quality' },
        { id: 'catch-layer', to: `/catch-layer${search}`, text: 'Catch layer' },
      ],
    },
    {
      title: 'Governance',
      entries: [
        { id: 'policy', to: '/policy', text: 'Policy' },
        { id: 'responsibilities', to: '/responsibilities', text: 'Responsibilities' },
        ...(maySeeTrail ? [{ id: 'audit', to: '/audit', text: 'Audit trail' } as const] : []),
      ],
    },
    {
      title: 'Data',
      entries: [
        { id: 'data', to: '/data', text: 'Loads and quarantine' },
        { id: 'datasets', to: '/datasets', text: 'Datasets' },
      ],
    },
    {
      title: 'Administration',
      entries: roles.includes('admin') ? [{ id: 'admin', to: '/admin', text: 'People' }] : [],
    },
  ]
  return groups.filter((group) => group.entries.length > 0)
}
