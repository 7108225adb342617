import type { TypeStanding } from '#governance/evaluate/evaluation.ts'
import { errorLimitOf } from '#governance/policy/error-limit.ts'
import type { Policy } from '#governance/policy/policy.ts'
import type { MetricColumn } from '../metric-table/metric-table.ts'

/** What tells a healthy type from an unhealthy one, with the limits of the policy. The month alone: gates pool several. */
export function heatColumns(policy: Policy, standings: readonly TypeStanding[]): MetricColumn[] {
  const cohort = 'ai_participated'
  const tiers = new Map(standings.map(({ interactionType, riskTier }) => [interactionType, riskTier]))
  const limitOf = (interactionType: string) =>
    errorLimitOf(policy, { interactionType, riskTier: tiers.get(interactionType) ?? null })
  return [
    { metric: 'ai_share', cohort: 'all', whyNone: 'No contacts' },
    { metric: 'ai_error_rate', cohort, whyNone: 'No random review was completed', limitOf },
    { metric: 'critical_defects', cohort, whyNone: 'No AI contact', limit: policy.gates.G9.maximumCriticalDefects },
    { metric: 'durable_resolution_rate', cohort, whyNone: 'No claim, or no known customer' },
    { metric: 'repeat_contact_rate_48h', cohort, whyNone: 'No matured AI contact with a known customer' },
    { metric: 'unexpected_escalation_rate', cohort, whyNone: 'Not known whether expected' },
    {
      metric: 'qa_completion',
      cohort,
      whyNone: 'No random review was drawn',
      limit: policy.gates.G7.minimumCompletion,
    },
    { metric: 'qa_score', cohort, whyNone: 'No review carries a score', limit: policy.gates.G2.minimumScore },
    { metric: 'automation_creep', cohort: 'all', whyNone: 'No level was in force', limit: 0 },
  ]
}
