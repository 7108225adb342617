import type { Policy } from './policy.ts'

/**
 * Policy version 1, in force from the first start until approvers publish another. The limits are business choices;
 * the error levels were calibrated by simulation: a type exactly at its limit gets through in about 5 % of years.
 */
export const defaultPolicy: Policy = {
  version: 1,
  name: 'Default policy',
  windowMonths: 3,
  gates: {
    G1: {
      limitByTier: { low: 0.05, medium: 0.02, high: null },
      alphaPassByTier: { low: 0.01, medium: 0.005, high: 0.005 },
      alphaFail: 0.05,
    },
    G2: { minimumScore: 90, alpha: 0.05, minimumReviews: 30 },
    G3: {
      marginShare: 0.05,
      alpha: 0.05,
      minimumResponses: 30,
      maximumResponseShift: 0.05,
      maximumResponseGapToHuman: 0.1,
    },
    G4: { marginShare: 0.02, alpha: 0.05 },
    G5: { marginShare: 0.02, alpha: 0.05 },
    G7: { minimumCompletion: 0.9 },
    G8: { months: 3 },
    G9: { maximumCriticalDefects: 0 },
    G10: { falseDiscoveryRate: 0.05 },
  },
  missingGates: [
    {
      gate: 'G1',
      what: 'Lapse of evidence: three inconclusive months on the loop do not yet propose a reduction by themselves',
    },
    { gate: 'G3', what: 'Standardisation to a fixed mix of channels' },
    {
      gate: 'G4',
      what: 'Overdispersion: days are taken as independent, so intervals of repeat contact may be too narrow',
    },
    {
      gate: 'G5',
      what: 'Overdispersion: days are taken as independent, so intervals of unexpected escalation may be too narrow',
    },
    { gate: 'G6', what: 'Deterioration signals on the monthly series and the harm e-value' },
    { gate: 'G7', what: 'Reviewer agreement on second reviews' },
    { gate: 'G7', what: 'Judge agreement where judges count (until then no judge review counts)' },
    { gate: 'G8', what: 'Changes of prompt, knowledge, policy or routing that keep the name of the AI version' },
    { gate: 'G9', what: 'Open incidents and contacts of categories that belong to humans' },
    { gate: 'G9', what: 'Declared segments (VIP, distressed customers, trust recovery) on their own' },
  ],
  quorum: { expand: 2, keep: 1, reduce: 1, baseline: 1 },
  bakeMonths: 1,
  validityMonths: 6,
  maturityDays: 7,
  signingWindowMinutes: 5,
}
