import type { ReturnCount } from '#models/contacts/list-returns.ts'
import { formatCount } from '#models/format-metric.ts'
import { rowsHref } from '../rows-href.ts'
import type { Breakdown } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

/** What customers came back for within 48 hours of a contact with the AI, how soon, and who answered then. */
export function returnBreakdown(input: OutcomeInput, counts: readonly ReturnCount[]): Breakdown {
  const { interactionType, month, window, points } = input
  const most = counts[0]?.contacts ?? 1
  return {
    id: 'returns',
    caption: 'What customers came back for',
    head: ['Came back for', 'Contacts', 'Within 1 h', '1 to 24 h', '24 to 48 h', 'Other channel', 'A person answered'],
    none: 'Nobody came back within 48 h of a mature AI contact.',
    rows: counts.map((count) => ({
      label: count.nextType,
      bar: { value: count.contacts / most, interval: null, bounds: null },
      cells: [
        {
          text: formatCount(count.contacts),
          href: rowsHref({
            interactionType,
            month,
            months: window.length,
            metric: 'repeat_contact_rate_48h',
            cohort: 'ai_participated',
            part: 'numerator',
            filter: points.filter,
            detail: { nextType: count.nextType },
          }),
        },
        ...[count.within1h, count.within24h, count.within48h, count.otherChannel, count.nextByHuman].map((number) => ({
          text: formatCount(number),
          href: null,
        })),
      ],
    })),
    facts: {
      columns: [
        'next_interaction_type',
        'contacts',
        'within_1h',
        'within_1h_to_24h',
        'within_24h_to_48h',
        'other_channel',
        'next_handled_by_human',
      ],
      rows: counts.map((count) => [
        count.nextType,
        count.contacts,
        count.within1h,
        count.within24h,
        count.within48h,
        count.otherChannel,
        count.nextByHuman,
      ]),
    },
  }
}
