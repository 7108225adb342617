import type { GateId } from '#governance/policy/policy.ts'

/** What each gate asks, in one sentence; the limit of the policy stands beside it. */
export const gateSentences: Readonly<Record<GateId, string>> = {
  G1: 'Passes once random reviews show that the AI errs no more often than the limit allows.',
  G2: 'Passes once the average score of random reviews is shown to reach the minimum.',
  G3: 'Passes once CSAT is shown not to have fallen by more than the margin since the level took effect.',
  G4: 'Passes once repeat contact is shown not to have risen by more than the margin since the level took effect.',
  G5: 'Passes once unexpected hand-overs are shown not to have risen by more than the margin since the level took effect.',
  G6: 'Passes while no measure shows a change for the worse that is more than chance in the last three months.',
  G7: 'Passes while the reviews that were drawn are done, and reviewers of the same contact agree where the policy asks.',
  G8: 'Passes after three complete months in a row with one AI version, each within the error limit.',
  G9: 'Passes while somebody looked and nobody found a critical defect.',
  G10: 'Passes when the type still stands out after allowing for how many types are judged at once.',
}
