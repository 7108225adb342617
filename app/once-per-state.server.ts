import { treeSize } from '#governance/audit/stored-tree.ts'
import { KeptAnswers } from './kept-answers.ts'
import { ledger } from './ledger.server.ts'
import { hasFailedPart } from './page-part.server.ts'
import { runtime } from './runtime.server.ts'
import { servedSnapshotFile } from './warehouse.server.ts'

/** Months begin and end on one of these in every time zone. */
const quarterHourMilliseconds = 15 * 60_000

/**
 * What `read` gives, read once for as long as the snapshot and the ledger stay as they are, and for a quarter of an hour at
 * most, since months close with time. Whatever people decide, and every level that begins or ends, has its event in the
 * audit trail, so the length of the trail says whether the ledger is another one. Only for what is the same for everybody:
 * the question tells everything else that the answer depends on. Nobody may change what they get.
 */
export async function oncePerState<Answer>(
  question: readonly string[],
  now: Date,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const { resources } = runtime()
  const kept = (resources.get('answers of a state') as KeptAnswers | undefined) ?? new KeptAnswers()
  resources.set('answers of a state', kept)
  const quarterHour = Math.floor(now.getTime() / quarterHourMilliseconds)
  const length = await treeSize((await ledger()).db)
  const key = JSON.stringify([question, servedSnapshotFile(), length, quarterHour])
  const answer = await kept.get(key, read)
  // A page that lacks a part is good for this request, and no answer to keep.
  if (hasFailedPart()) kept.forget(key)
  return answer
}
