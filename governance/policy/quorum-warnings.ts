import type { Policy } from './policy.ts'

const words = {
  expand: 'expand a type, override a recommendation or change the policy',
  keep: 'keep a level',
  reduce: 'reduce a level',
  baseline: 'set a first level',
} as const satisfies Record<keyof Policy['quorum'], string>

/**
 * What nobody could decide under these quorums, one sentence each: a quorum that is more than the people who hold the role
 * of an approver, or that leaves none of them free to propose. Pure.
 *
 * @param approvers people who may approve today
 */
export function quorumWarnings(quorum: Policy['quorum'], approvers: number): string[] {
  const have = approvers === 1 ? '1 person holds that role' : `${approvers} people hold that role`
  return (Object.keys(words) as (keyof typeof words)[]).flatMap((action) => {
    const needed = quorum[action]
    const asks = `To ${words[action]} it asks for ${needed} ${needed === 1 ? 'approver' : 'approvers'}; ${have}.`
    if (needed > approvers) {
      return [
        `${asks} Nobody could ${action === 'expand' ? 'do that, nor publish a policy that asks for fewer' : 'do that'} until an admin gives the role to more.`,
      ]
    }
    return action === 'expand' && needed === approvers
      ? [`${asks} Whoever proposes or owns a type may not approve it, so one of them doing so would block it.`]
      : []
  })
}
