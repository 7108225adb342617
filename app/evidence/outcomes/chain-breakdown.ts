import { longChain } from '#models/contacts/contact-detail.ts'
import type { ChainLengthCount } from '#models/contacts/list-chain-lengths.ts'
import { countOf, formatCount, formatShare } from '#models/format-metric.ts'
import type { Lead } from '../overview-lead.ts'
import { rowsHref } from '../rows-href.ts'
import type { Breakdown } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

const lengths = Array.from({ length: longChain }, (_, index) => index + 1)

/** How many contacts one problem took, where the AI took part in the first one and where people answered it. */
export function chainBreakdown(
  input: OutcomeInput,
  counts: readonly ChainLengthCount[],
): { lead: Lead; table: Breakdown } {
  const { interactionType, month, window, points } = input
  const sum = (of: 'ai' | 'human', fits: (length: number) => boolean = () => true) =>
    counts.filter(({ length }) => fits(length)).reduce((all, count) => all + count[of], 0)
  const isOf = (length: number) => (of: number) => (length === longChain ? of >= longChain : of === length)
  const totals = { ai: sum('ai'), human: sum('human') }
  const share = (count: number, of: number) => (of === 0 ? '–' : formatShare(count / of))
  const href = (length: number, cohort: 'ai_participated' | 'human') =>
    rowsHref({
      interactionType,
      month,
      months: window.length,
      metric: 'one_contact_chain_rate',
      cohort,
      part: 'denominator',
      filter: points.filter,
      detail: { chainLength: length },
    })
  const rows = lengths
    .map((length) => ({ length, ai: sum('ai', isOf(length)), human: sum('human', isOf(length)) }))
    .filter(({ ai, human }) => ai + human > 0)
  const longest = counts.findLast(({ ai, human }) => ai + human > 0)?.length ?? 0
  return {
    lead:
      totals.ai === 0
        ? { strong: 'No chain that began with the AI is complete yet.', rest: '' }
        : {
            strong: `${formatShare(sum('ai', isOf(1)) / totals.ai)} of problems that began with the AI needed one contact.`,
            rest: `${countOf(totals.ai - sum('ai', isOf(1)), 'problem')} took more, within 48 h each time; the longest ${formatCount(longest)} contacts. Only chains that can no longer grow.`,
          },
    table: {
      id: 'chain-lengths',
      caption: 'Repeat-contact chains by length',
      head: ['The problem took', 'Began with the AI', 'Share', 'Began with people', 'Share of these'],
      none: 'No complete chain.',
      rows: rows.map(({ length, ai, human }) => ({
        label: length >= longChain ? `${length} or more contacts` : countOf(length, 'contact'),
        bar: totals.ai === 0 ? null : { value: ai / totals.ai, interval: null, bounds: null },
        cells: [
          { text: formatCount(ai), href: ai === 0 ? null : href(length, 'ai_participated') },
          { text: share(ai, totals.ai), href: null },
          { text: formatCount(human), href: human === 0 ? null : href(length, 'human') },
          { text: share(human, totals.human), href: null },
        ],
      })),
      facts: {
        columns: ['chain_length', 'began_with_ai', 'began_with_people'],
        rows: counts.map(({ length, ai, human }) => [length, ai, human]),
      },
    },
  }
}
