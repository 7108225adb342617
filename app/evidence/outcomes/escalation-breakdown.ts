import type { EscalationExpectation } from '#models/contacts/contact-escalations.ts'
import type { EscalationReasonCount } from '#models/escalations/list-escalation-reasons.ts'
import { countOf, formatCount, formatShare } from '#models/format-metric.ts'
import { capital, reasonWords } from '../breakdown-words.ts'
import type { Lead } from '../overview-lead.ts'
import { poolCounts } from '../pooled-counts.ts'
import { rowsHref } from '../rows-href.ts'
import type { Breakdown } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

const kinds: readonly EscalationExpectation[] = ['expected', 'unexpected', 'unknown']

/** Why the AI handed over, and whether a written trigger called for it. `counts`: of the type, most frequent first. */
export function escalationBreakdown(
  input: OutcomeInput,
  counts: readonly EscalationReasonCount[],
): { lead: Lead; table: Breakdown } {
  const { interactionType, month, window, points, windowText } = input
  const cohort = 'ai_participated'
  const key = { months: window, types: [interactionType], cohort } as const
  const all = poolCounts(points, { ...key, metric: 'escalation_rate' })
  const unexpected = poolCounts(points, { ...key, metric: 'unexpected_escalation_rate' })
  const href = (reason: EscalationReasonCount['reason'], expectation?: EscalationExpectation) =>
    rowsHref({
      interactionType,
      month,
      months: window.length,
      metric: 'escalation_rate',
      cohort,
      part: 'numerator',
      filter: points.filter,
      detail: { reason, expectation },
    })
  const most = counts[0]
  return {
    lead:
      all.denominator === 0
        ? { strong: 'The AI took part in no contact, so there was nothing to hand over.', rest: '' }
        : {
            strong: `${formatCount(all.numerator)} of ${countOf(all.denominator, 'AI contact')} went to a person, ${formatShare(all.numerator / all.denominator)}; ${formatCount(unexpected.numerator)} without a written trigger.`,
            rest: most === undefined ? '' : `Most often for ${reasonWords[most.reason]}, in ${windowText}.`,
          },
    table: {
      id: 'escalation-reasons',
      caption: 'Escalations by reason',
      head: ['Reason', 'AI contacts', 'Expected', 'Unexpected', 'Not known'],
      none: 'No AI contact was escalated.',
      rows: counts.map((count) => ({
        label: capital(reasonWords[count.reason]),
        bar: { value: count.contactCount / (most?.contactCount ?? 1), interval: null, bounds: null },
        cells: [
          { text: formatCount(count.contactCount), href: href(count.reason) },
          ...kinds.map((kind) => ({
            text: formatCount(count[kind]),
            href: count[kind] === 0 ? null : href(count.reason, kind),
          })),
        ],
      })),
      facts: {
        columns: ['reason', 'contacts', ...kinds],
        rows: counts.map((count) => [count.reason, count.contactCount, ...kinds.map((kind) => count[kind])]),
      },
    },
  }
}
