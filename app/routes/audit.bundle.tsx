import { OversightError } from '#models/oversight-error.ts'
import { bundleReaders, guarded } from '../access.server.ts'
import { refuseHiddenVotes } from '../audit-votes.server.ts'
import { streamTrailBundle } from '../stream-trail-bundle.server.ts'

/** The whole trail as one file. By a button, as it signs a checkpoint first. */
export const action = guarded(bundleReaders, async ({ user }) => {
  await refuseHiddenVotes(user)
  const { size, body } = await streamTrailBundle()
  return new Response(body, {
    headers: {
      'Content-Type': 'application/gzip',
      'Content-Disposition': `attachment; filename="oversight-trail-${size}.tar.gz"`,
      'Cache-Control': 'no-transform',
    },
  })
})

/** An address that somebody typed. */
export const loader = guarded(bundleReaders, async () => {
  throw new OversightError('bad_input', 'The bundle comes from the button on the page of the audit trail.')
})
