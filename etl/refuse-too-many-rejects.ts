import type { EntityName } from '#models/contract/entities.ts'
import { OversightError } from '#models/oversight-error.ts'
import type { LoadOptions } from './load.ts'
import type { EntityReport, LoadReport } from './load-report.ts'
import { erasedRule } from './refuse-erased.ts'
import { retiredRule } from './refuse-retired.ts'
import { sourcePlace } from './source-place.ts'

/** The file is as sound as before: its rows are kept away for our reasons. */
const ownRules = [erasedRule.rule, retiredRule.rule]

/** Throws load_refused, with the reasons, when more rows of an entity were refused than its share allows (5 % by default). */
export function refuseTooManyRejects(
  reports: LoadReport['entities'],
  options: Pick<LoadOptions, 'maximumRejectShare' | 'maximumRejectShares'>,
  rejectsFile: string | null,
): void {
  const maximumShare = (entity: string) =>
    options.maximumRejectShares?.[entity as EntityName] ?? options.maximumRejectShare ?? 0.05
  const faulty = (report: EntityReport) =>
    ownRules.reduce((count, rule) => count - (report.quarantinedByRule[rule] ?? 0), report.quarantined)
  const over = Object.entries(reports).filter(([name, report]) => faulty(report) > report.read * maximumShare(name))
  if (over.length === 0) return
  const percent = (share: number) => `${Math.round(share * 1000) / 10} %`
  const lines = over.flatMap(([entity, report]) => [
    `${entity}: ${faulty(report)} of ${report.read} rows refused (${percent(faulty(report) / report.read)}, at most ${percent(maximumShare(entity))} allowed)`,
    ...report.reasons.map(
      (reason) => `  ${reason.count} x ${reason.rule}: ${reason.message}; first in ${sourcePlace(reason)}`,
    ),
  ])
  const hasOrphans = over.some(([, { reasons }]) => reasons.some(({ rule }) => rule === 'orphan'))
  throw new OversightError(
    'load_refused',
    `Too many rows were refused, so nothing was published and the last snapshot stays.\n${lines.join('\n')}\nThe refused rows are in ${rejectsFile}. Mend the files or the mapping, or allow more with --max-reject-percent.${hasOrphans ? ' Load the interactions first, or in the same load; only a load that is published keeps rows that wait for theirs.' : ''}`,
  )
}
