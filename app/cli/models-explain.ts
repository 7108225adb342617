import { Command } from 'commander'
import { explainMetric, type MetricExplanation } from '#models/explain-metric.ts'
import { type MetricId, metricIds } from '#models/metrics.ts'
import { OversightError } from '#models/oversight-error.ts'
import { homeDirectory, homeExists, openHome } from '../home.ts'
import { parseArgument } from './parse-argument.ts'

export function modelsExplainCommand(): Command {
  return new Command('explain')
    .description('print what a metric is, the SQL that the engine runs for it, and which columns it comes from')
    .argument('<metric>', 'name in the catalogue, for example repeat_contact_rate_48h', parseArgument(parseMetric))
    .option('--home <directory>', 'where Oversight keeps its data (default: OVERSIGHT_HOME, else ./data)')
    .option('--json', 'print it as JSON')
    .action((metric: MetricId, flags: { home?: string; json?: true }) => {
      const directory = homeDirectory(flags.home)
      // What a metric means can be asked before anything was loaded.
      const reportingTimeZone = homeExists(directory) ? openHome(directory).reportingTimeZone : 'UTC'
      const explanation = explainMetric(metric, { reportingTimeZone, watermark: new Date() })
      process.stdout.write(
        flags.json ? `${JSON.stringify({ metric, ...explanation }, null, 2)}\n` : format(metric, explanation),
      )
    })
}

function parseMetric(name: string): MetricId {
  const metric = metricIds.find((id) => id === name)
  if (metric !== undefined) return metric
  throw new OversightError('bad_input', `There is no metric "${name}". There are: ${metricIds.join(', ')}.`)
}

function format(metric: MetricId, { definition, steps, lineage, weighting }: MetricExplanation): string {
  return [
    `${definition.label} (${metric})`,
    '',
    `unit         ${definition.unit}, better: ${definition.better}`,
    `numerator    ${definition.numerator}`,
    `denominator  ${definition.denominator}`,
    `interval     ${definition.interval}`,
    `final        ${definition.maturityHours} hours after the month`,
    `shown from   ${definition.minimumSample} in the denominator`,
    `version      ${definition.definitionVersion}`,
    `why          ${definition.why}`,
    '',
    'SQL, from the facts to the month. Contacts that ended less than a window before the latest loaded event are immature;',
    'the time of this call stands for that event here.',
    ...steps.flatMap(({ table, sql }) => ['', `-- ${table}`, `${sql};`]),
    ...(weighting === null ? [] : ['', `Weights. ${weighting.says}`]),
    ...(weighting?.steps ?? []).flatMap(({ table, sql }) => ['', `-- ${table}`, `${sql};`]),
    '',
    'Lineage',
    ...lineage.flatMap(({ table, reads }) =>
      reads.map(({ table: from, columns }) => `  ${table} <- ${from} (${columns.join(', ')})`),
    ),
    '',
  ].join('\n')
}
