import type { Policy } from '#governance/policy/policy.ts'
import type { MetricColumn } from './metric-table/metric-table.ts'

/** What says how well people watch the AI, in the order in which it breaks. */
export function qualityColumns(policy: Policy): MetricColumn[] {
  const cohort = 'ai_participated'
  return [
    { metric: 'qa_coverage', cohort, whyNone: 'No AI contact' },
    {
      metric: 'qa_completion',
      cohort,
      whyNone: 'No random review was drawn',
      limit: policy.gates.G7.minimumCompletion,
    },
    { metric: 'qa_on_time_rate', cohort, whyNone: 'No drawn review has a due time' },
    { metric: 'qa_oldest_open_days', cohort, whyNone: 'No drawn review is open' },
    { metric: 'qa_score', cohort, whyNone: 'No review carries a score', limit: policy.gates.G2.minimumScore },
    { metric: 'tone_defect_rate', cohort, whyNone: 'No random review was completed' },
    { metric: 'severity_graded', cohort, whyNone: 'No error was found' },
    { metric: 'judge_agreement', cohort, whyNone: 'No judge reviews beside a label' },
  ]
}
