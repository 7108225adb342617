import { OversightError } from '#models/oversight-error.ts'
import { open } from '../access.server.ts'

/** Any address that no other route has: the frame stays, the page says so. */
export const loader = open(async () => {
  throw new OversightError(
    'not_found',
    'There is no page at this address. It may have moved, or the link is incomplete.',
  )
})

export default function NoSuchPage() {
  return null
}
