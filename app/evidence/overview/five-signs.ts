import { countOf, formatCount } from '#models/format-metric.ts'
import type { Cohort, MetricId } from '#models/metrics.ts'
import { repeatContactUp } from '#models/warning-signs/repeat-contact-up.ts'
import { unexpectedEscalationUp } from '#models/warning-signs/unexpected-escalation-up.ts'
import { typeHref } from '../rows-href.ts'
import { csatDownAiUpOf } from '../warnings/csat-down-ai-up.ts'
import { errorRateUnknownOf } from '../warnings/error-rate-unknown.ts'
import { monthCounts } from '../warnings/month-counts.ts'
import { reviewHabits } from '../warnings/review-habits.ts'
import type { WarningInput } from '../warnings/warning.ts'

/** One of the five warning signs over all types: always said, also when all is well or nothing can be known. */
export interface SignLine {
  name: string
  state: 'ok' | 'sign' | 'unmeasurable'
  text: string
  /** Types that show it, each leading to its evidence. */
  types: readonly { interactionType: string; href: string }[]
  /** Where the numbers behind the line stand. */
  href: string
}

interface Sign {
  name: string
  /** Part of the type's page that shows the evidence. */
  anchor: string
  /** Page of the numbers of every type. */
  page: string
  whyUnmeasurable: string
  judge(input: WarningInput): { isFired: boolean; evidence: unknown } | null
}

const aiCounts = (input: WarningInput, metric: MetricId, cohort: Cohort = 'ai_participated') =>
  monthCounts(input, { metric, cohort })

const signs: readonly Sign[] = [
  {
    name: 'CSAT down while AI does more',
    anchor: '#csat',
    page: '/overview?view=heat',
    whyUnmeasurable: 'Fewer than four closed months with 30 answers',
    judge: csatDownAiUpOf,
  },
  {
    name: 'Repeat contact up',
    anchor: '#repeat',
    page: '/overview?view=heat',
    whyUnmeasurable: 'Fewer than six closed months with known customers',
    judge: (input) => repeatContactUp(aiCounts(input, 'repeat_contact_rate_48h')),
  },
  {
    name: 'Unexpected escalations up',
    anchor: '#escalation',
    page: '/catch-layer?',
    whyUnmeasurable: 'Fewer than six closed months with AI contacts',
    judge: (input) => unexpectedEscalationUp(aiCounts(input, 'unexpected_escalation_rate')),
  },
  {
    name: 'Reviews skipped or late',
    anchor: '',
    page: '/quality?',
    whyUnmeasurable: 'No random review was drawn',
    judge: reviewHabits,
  },
  {
    name: 'Error rate unknown',
    anchor: '',
    page: '/quality?',
    whyUnmeasurable: 'The AI took no part',
    judge: errorRateUnknownOf,
  },
]

/** The five lines, from every type that is watched. A provisional month is never judged, so nothing is measurable in it. */
export function fiveSigns(month: string, inputs: readonly WarningInput[]): SignLine[] {
  return signs.map(({ name, anchor, page, whyUnmeasurable, judge }) => {
    const judged = inputs.map((input) => ({
      interactionType: input.interactionType,
      found: input.closedMonths.length === 0 ? null : judge(input),
    }))
    const measured = judged.filter(({ found }) => found !== null && found.evidence !== null)
    const fired = measured.filter(({ found }) => found?.isFired === true)
    const unknown = judged.length - measured.length
    const href = `${page}${page.endsWith('?') ? '' : '&'}month=${month}`
    if (measured.length === 0) {
      const isProvisional = inputs.every((input) => input.closedMonths.length === 0)
      return { name, state: 'unmeasurable', text: isProvisional ? 'Not judged yet' : whyUnmeasurable, types: [], href }
    }
    const rest = unknown === 0 ? '' : `, ${formatCount(unknown)} not measurable`
    return {
      name,
      state: fired.length > 0 ? 'sign' : 'ok',
      text: `${formatCount(fired.length)} of ${countOf(measured.length, 'type')}${rest}`,
      types: fired.map(({ interactionType }) => ({
        interactionType,
        href: `${typeHref(interactionType, month)}${anchor}`,
      })),
      href,
    }
  })
}
