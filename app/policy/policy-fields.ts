import { defaultCasesBeforeVote } from '#governance/policy/cases-before-vote.ts'
import { defaultDueDays } from '#governance/policy/due-days.ts'
import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'

/** How a number of the policy is written in the form, and what stands behind it. */
export type PolicyUnit =
  | 'percent'
  | 'margin' // a difference of two shares
  | 'sure'
  | 'number'
  | 'months'
  | 'days'
  | 'approvers'
  | 'reviews'
  | 'contacts'

/** One number of the policy: where it stands, what it is called, and in what it is counted. */
interface PolicyField {
  /** As in the policy: gates.G1.limitByTier.low. Names the input, too. */
  path: string
  label: string
  unit: PolicyUnit
  /** May be left empty, which means this. */
  ifEmpty?: string
  hint?: string
}

/** A part of the policy that may be left out as a whole. */
interface PolicySwitch {
  path: string
  label: string
  hint: string
}

export interface PolicyFieldGroup {
  id: string
  title: string
  /** What the group decides, in one sentence. */
  says: string
  /** The group belongs to a gate, which may run in shadow. */
  gate?: string
  switches: readonly PolicySwitch[]
  fields: readonly PolicyField[]
}

const sure = (path: string, what = 'How sure a pass must be'): PolicyField => ({ path, label: what, unit: 'sure' })
const bursts = (path: string): PolicySwitch => ({
  path,
  label: 'Widen the bounds where days vary more than chance',
  hint: 'Contacts come in bursts; without it intervals may be too narrow.',
})

/** Every number that the form edits, in the order of the page. Labels and meanings of metrics are the catalogue's. */
export const policyFieldGroups: readonly PolicyFieldGroup[] = [
  {
    id: 'G1',
    gate: 'G1',
    title: `G1 ${metrics.ai_error_rate.label}`,
    says: 'Passes when even the upper bound over the window lies at or under the limit.',
    switches: [],
    fields: [
      { path: 'gates.G1.limitByTier.low', label: 'Limit, low risk', unit: 'percent' },
      sure('gates.G1.alphaPassByTier.low', 'How sure, low risk'),
      { path: 'gates.G1.limitByTier.medium', label: 'Limit, medium risk', unit: 'percent' },
      sure('gates.G1.alphaPassByTier.medium', 'How sure, medium risk'),
      { path: 'gates.G1.limitByTier.high', label: 'Limit, high risk', unit: 'percent', ifEmpty: 'it never expands' },
      sure('gates.G1.alphaPassByTier.high', 'How sure, high risk'),
      sure('gates.G1.alphaFail', 'How sure a failure must be'),
    ],
  },
  {
    id: 'G2',
    gate: 'G2',
    title: `G2 ${metrics.qa_score.label}`,
    says: 'The mean of the window, at least the minimum.',
    switches: [],
    fields: [
      { path: 'gates.G2.minimumScore', label: 'Minimum score, of 100', unit: 'number' },
      sure('gates.G2.alpha'),
      { path: 'gates.G2.minimumReviews', label: 'Fewest reviews', unit: 'reviews' },
    ],
  },
  {
    id: 'G3',
    gate: 'G3',
    title: `G3 ${metrics.csat_satisfied_rate.label}`,
    says: 'Not worse than in the reference months, while about as many people answer as did then.',
    switches: [
      {
        path: 'gates.G3.isMixStandardised',
        label: 'Compare at one mix of channels',
        hint: 'That of the reference months, so that a change of channels is not taken for one of quality.',
      },
    ],
    fields: [
      { path: 'gates.G3.marginShare', label: 'Margin below the reference', unit: 'margin' },
      sure('gates.G3.alpha'),
      { path: 'gates.G3.minimumResponses', label: 'Fewest answers', unit: 'contacts' },
      { path: 'gates.G3.maximumResponseShift', label: 'Response rate may move by', unit: 'margin' },
      {
        path: 'gates.G3.maximumResponseGapToHuman',
        label: 'Response rate may differ from that of people by',
        unit: 'margin',
      },
    ],
  },
  {
    id: 'G4',
    gate: 'G4',
    title: `G4 ${metrics.repeat_contact_rate_48h.label}`,
    says: 'Not worse than in the reference months.',
    switches: [bursts('gates.G4.isOverdispersionAdjusted')],
    fields: [
      { path: 'gates.G4.marginShare', label: 'Margin above the reference', unit: 'margin' },
      sure('gates.G4.alpha'),
    ],
  },
  {
    id: 'G5',
    gate: 'G5',
    title: `G5 ${metrics.unexpected_escalation_rate.label}`,
    says: 'Not worse than in the reference months.',
    switches: [bursts('gates.G5.isOverdispersionAdjusted')],
    fields: [
      { path: 'gates.G5.marginShare', label: 'Margin above the reference', unit: 'margin' },
      sure('gates.G5.alpha'),
    ],
  },
  {
    id: 'G6',
    gate: 'G6',
    title: 'G6 No deterioration',
    says: 'No unfavourable signal open on the monthly series; harm that is shown recommends a reduction.',
    switches: [{ path: 'gates.G6', label: 'Judge deterioration', hint: 'Without it the policy names it as missing.' }],
    fields: [
      { path: 'gates.G6.openMonths', label: 'A signal stays open for', unit: 'months' },
      {
        path: 'gates.G6.minimumHarmEValue',
        label: 'Harm e-value that recommends a reduction',
        unit: 'number',
        hint: 'At least 20.',
      },
    ],
  },
  {
    id: 'G7',
    gate: 'G7',
    title: `G7 ${metrics.qa_completion.label}, and whether reviewers agree`,
    says: 'Skipped reviews are not skipped at random; labels that two people do not share say little.',
    switches: [
      {
        path: 'gates.G7.agreement',
        label: 'Ask that reviewers agree',
        hint: 'On contacts reviewed by two people. Without it the policy names it as missing.',
      },
    ],
    fields: [
      { path: 'gates.G7.minimumCompletion', label: 'Drawn reviews that are done, at least', unit: 'percent' },
      {
        path: 'gates.G7.agreement.minimumAc1',
        label: 'Agreement beyond chance (AC1), at least',
        unit: 'number',
        hint: 'Between 0 and 1.',
      },
      { path: 'gates.G7.agreement.minimumPositive', label: 'Agreement on what is an error, at least', unit: 'percent' },
      { path: 'gates.G7.agreement.minimumPairs', label: 'Fewest contacts reviewed twice', unit: 'contacts' },
    ],
  },
  {
    id: 'G8',
    gate: 'G8',
    title: 'G8 Sustained',
    says: 'Closed months of one AI version in a row, none failing.',
    switches: [],
    fields: [{ path: 'gates.G8.months', label: 'In a row', unit: 'months' }],
  },
  {
    id: 'G9',
    gate: 'G9',
    title: `G9 ${metrics.critical_defects.label}`,
    says: metrics.critical_defects.why.split('. ')[0] ?? '',
    switches: [],
    fields: [{ path: 'gates.G9.maximumCriticalDefects', label: 'At most', unit: 'contacts' }],
  },
  {
    id: 'G10',
    gate: 'G10',
    title: 'G10 Many types at once',
    says: 'Of the types that could expand in one month, at most this share by luck.',
    switches: [],
    fields: [{ path: 'gates.G10.falseDiscoveryRate', label: 'False discoveries, at most', unit: 'percent' }],
  },
  {
    id: 'approval',
    title: 'Who signs',
    says: 'The quorum to expand also decides on overrides and on the policy itself.',
    switches: [
      {
        path: 'requiresTraining',
        label: 'Only people with a recorded training approve',
        hint: 'Without it only an expired training bars.',
      },
    ],
    fields: [
      { path: 'quorum.expand', label: 'To expand', unit: 'approvers' },
      { path: 'quorum.keep', label: 'To keep', unit: 'approvers' },
      { path: 'quorum.reduce', label: 'To reduce', unit: 'approvers' },
      { path: 'quorum.baseline', label: 'First level', unit: 'approvers' },
      {
        path: 'casesBeforeVote',
        label: 'Failed contacts to open before voting',
        unit: 'contacts',
        ifEmpty: String(defaultCasesBeforeVote),
      },
    ],
  },
  {
    id: 'time',
    title: 'How long',
    says: 'Which months count, and until when a decision holds.',
    switches: [],
    fields: [
      { path: 'windowMonths', label: 'Evidence window', unit: 'months' },
      { path: 'maturityDays', label: 'Evidence opens after the end of the month', unit: 'days' },
      {
        path: 'dueDays',
        label: 'Decisions are due after the review opens',
        unit: 'days',
        ifEmpty: countOf(defaultDueDays, 'day'),
      },
      { path: 'validityMonths', label: 'A decision holds', unit: 'months' },
      { path: 'bakeMonths', label: 'Bake time after a change of level', unit: 'months' },
      {
        path: 'evidenceLapse.months',
        label: 'Inconclusive error rate on the loop recommends a reduction after',
        unit: 'months',
        ifEmpty: 'it never does',
      },
    ],
  },
]

const unitWords: Readonly<Record<PolicyUnit, string>> = {
  percent: '%',
  margin: 'pp',
  sure: '% sure',
  number: '',
  months: 'months',
  days: 'days',
  approvers: 'approvers',
  reviews: 'reviews',
  contacts: '',
}

/** What stands beside a number as it is written: 2 months, 1 month. */
export function unitBeside(unit: PolicyUnit, written: string): string {
  const isCounted = unit === 'months' || unit === 'days' || unit === 'approvers' || unit === 'reviews'
  return isCounted && written.trim() === '1' ? unit.slice(0, -1) : unitWords[unit]
}

/** A number of the policy as it stands in the form: 0.05 -> 5, an error level of 0.01 -> 99. */
export function toFormNumber(unit: PolicyUnit, value: number): string {
  if (unit === 'percent' || unit === 'margin') return String(Number((value * 100).toPrecision(12)))
  if (unit === 'sure') return String(Number(((1 - value) * 100).toPrecision(12)))
  return String(value)
}

/** The same way back. */
export function fromFormNumber(unit: PolicyUnit, written: number): number {
  if (unit === 'percent' || unit === 'margin') return Number((written / 100).toPrecision(12))
  if (unit === 'sure') return Number((1 - written / 100).toPrecision(12))
  return written
}

/** The value at a path; undefined when there is none. */
export function valueAt(policy: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((at, key) => (at !== null && typeof at === 'object' ? Reflect.get(at, key) : undefined), policy)
}
