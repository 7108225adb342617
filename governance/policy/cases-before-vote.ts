/** How many failed contacts one opens before voting, unless the policy says otherwise. */
export const defaultCasesBeforeVote = 3
