import type { Policy } from '#governance/policy/policy.ts'
import type { MetricColumn } from './metric-table/metric-table.ts'

/** What is caught before or after it reaches a customer, and what slips through. */
export function catchLayerColumns(policy: Policy): MetricColumn[] {
  const cohort = 'ai_participated'
  return [
    { metric: 'escalation_rate', cohort, whyNone: 'No AI contact' },
    { metric: 'unexpected_escalation_rate', cohort, whyNone: 'Not known whether expected' },
    { metric: 'failed_handoffs', cohort, whyNone: 'No AI contact' },
    { metric: 'automation_creep', cohort: 'all', whyNone: 'No level was in force', limit: 0 },
    {
      metric: 'critical_defects',
      cohort,
      whyNone: 'No AI contact',
      limit: policy.gates.G9.maximumCriticalDefects,
    },
    { metric: 'unresolved_rate', cohort, whyNone: 'No claim of a resolution' },
    { metric: 'trust_recovery_contacts', cohort, whyNone: 'No AI contact' },
  ]
}
