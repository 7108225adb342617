import type { PolicyDraft } from '#governance/policy/list-policy-drafts.ts'
import type { StatusKind } from '../status.tsx'

/** Where a draft of a policy stands, as icon and word. */
export const draftStates: Readonly<Record<PolicyDraft['state'], { kind: StatusKind; word: string }>> = {
  open: { kind: 'provisional', word: 'Takes approvals' },
  withdrawn: { kind: 'none', word: 'Taken back' },
  published: { kind: 'pass', word: 'Published' },
  passed: { kind: 'none', word: 'Another was published' },
}
