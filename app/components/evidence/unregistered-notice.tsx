import { countOf } from '#models/format-metric.ts'
import { Notice } from '../notice.tsx'
import { PageLink } from '../page-link.tsx'

/** Types without an owner, level and limit come before every other decision. */
export function UnregisteredNotice({ types, month }: { types: readonly string[]; month: string }) {
  if (types.length === 0) return null
  const [first] = types
  return (
    <Notice kind="none">
      {types.length === 1 ? (
        <>
          <strong>{first}</strong> is seen in the data and not registered: no owner, level or limit applies to it.
        </>
      ) : (
        <>
          <strong>{countOf(types.length, 'type')}</strong> are seen in the data and not registered: no owner, level or
          limit applies to them.
        </>
      )}{' '}
      <PageLink to={`/reviews/${month}`}>Register in the review room</PageLink>
    </Notice>
  )
}
