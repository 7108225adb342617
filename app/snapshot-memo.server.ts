import type { Warehouse } from '#models/warehouse/open-warehouse.ts'
import { runtime } from './runtime.server.ts'

/** A snapshot never changes, so what was read from it stays true; of many different questions the newest are kept. */
const mostKept = 48

interface SnapshotMemo {
  file: string
  answers: Map<string, Promise<unknown>>
}

/** What `read` gave for this question and snapshot before, else now. Only for what is in the snapshot alone. */
export function oncePerSnapshot<Answer>(
  { file }: Pick<Warehouse, 'file'>,
  question: string,
  read: () => Promise<Answer>,
): Promise<Answer> {
  const { resources } = runtime()
  const found = resources.get('snapshot memo') as SnapshotMemo | undefined
  const memo = found?.file === file ? found : { file, answers: new Map<string, Promise<unknown>>() }
  resources.set('snapshot memo', memo)
  const known = memo.answers.get(question)
  memo.answers.delete(question)
  const answer = known ?? read()
  memo.answers.set(question, answer)
  // A reading that failed is tried again by the next request.
  answer.catch(() => memo.answers.delete(question))
  for (const oldest of memo.answers.keys()) {
    if (memo.answers.size <= mostKept) break
    memo.answers.delete(oldest)
  }
  return answer as Promise<Answer>
}
