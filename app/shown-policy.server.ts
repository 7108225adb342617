import { z } from 'zod'
import { findPolicy, getCurrentPolicy, type PublishedPolicy } from '#governance/review/published-policy.ts'
import { OversightError } from '#models/oversight-error.ts'
import { ledger } from './ledger.server.ts'

const asked = z.coerce.number().int().min(1).optional().catch(undefined)

/** The published version that the address asks for, else the newest; and all there are, newest first. Throws not_found. */
export async function getShownPolicy(
  search: URLSearchParams,
): Promise<{ shown: PublishedPolicy; newest: number; published: PublishedPolicy[] }> {
  const { db } = await ledger()
  const { version: newest } = await getCurrentPolicy(db)
  const version = asked.parse(search.get('version') ?? undefined) ?? newest
  const published: PublishedPolicy[] = []
  for (let each = newest; each >= 1; each -= 1) {
    const found = await findPolicy(db, each)
    if (found !== undefined) published.push(found)
  }
  const shown = published.find(({ policy }) => policy.version === version)
  if (shown === undefined) {
    throw new OversightError('not_found', `There is no policy ${version}. The newest is version ${newest}.`)
  }
  return { shown, newest, published }
}
