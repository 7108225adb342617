import { type DefectClass, type DefectSeverity, defectSeverities } from '#models/contract/qa-review.ts'
import type { DefectCount } from '#models/defects/list-defect-counts.ts'
import { countOf, formatCount, formatShare } from '#models/format-metric.ts'
import { capital, defectWords } from '../breakdown-words.ts'
import type { Lead } from '../overview-lead.ts'
import { rowsHref } from '../rows-href.ts'
import type { Breakdown } from './breakdown.ts'
import type { OutcomeInput } from './outcome-input.ts'

type Sampling = DefectCount['sampling']

/** What goes wrong, most frequent class first, with the share that it and all before it make up. */
export function defectPareto(input: OutcomeInput, counts: readonly DefectCount[], sampling: Sampling): Breakdown {
  const own = counts.filter((count) => count.sampling === sampling)
  const total = sum(own)
  const classes = [...new Set(own.map(({ defect }): DefectClass | 'none' => defect ?? 'none'))]
    .map((defect) => ({ defect, of: own.filter((count) => (count.defect ?? 'none') === defect) }))
    .sort((a, b) => sum(b.of) - sum(a.of) || a.defect.localeCompare(b.defect, 'en'))
  const hasUngraded = own.some(({ severity }) => severity === null)
  const severities: (DefectSeverity | 'none')[] = [...defectSeverities, ...(hasUngraded ? (['none'] as const) : [])]
  const { interactionType, month, window, points } = input
  const href = (defect: (typeof classes)[number]['defect'], severity?: DefectSeverity | 'none') =>
    rowsHref({
      interactionType,
      month,
      months: window.length,
      ...(sampling === 'random'
        ? ({
            metric: 'ai_error_rate',
            cohort: 'ai_participated',
            part: defect === 'none' ? 'numerator' : 'denominator',
          } as const)
        : ({ metric: 'volume', cohort: 'ai_participated', part: 'numerator' } as const)),
      filter: points.filter,
      detail: { defect, severity, ...(sampling === 'targeted' ? { sampling } : {}) },
    })
  let before = 0
  const rows = classes.map(({ defect, of }) => {
    const contacts = sum(of)
    before += contacts
    return { defect, of, contacts, cumulative: before }
  })
  return {
    id: sampling === 'random' ? 'defects' : 'defects-targeted',
    caption: sampling === 'random' ? 'Defects of random reviews' : 'Defects of targeted reviews',
    head: [
      'Defect',
      'Contacts',
      ...severities.map((severity) => (severity === 'none' ? 'Not graded' : capital(severity))),
      'Share',
      'With those above',
    ],
    none: sampling === 'random' ? 'No random review found a defect.' : 'No targeted review found a defect.',
    rows: rows.map(({ defect, of, contacts, cumulative }) => ({
      label: capital(defectWords[defect]),
      bar: { value: contacts / total, interval: null, bounds: null },
      cells: [
        { text: formatCount(contacts), href: href(defect) },
        ...severities.map((severity) => {
          const count = sum(of.filter((one) => (one.severity ?? 'none') === severity))
          return { text: formatCount(count), href: count === 0 ? null : href(defect, severity) }
        }),
        { text: formatShare(contacts / total, 0), href: null },
        { text: formatShare(cumulative / total, 0), href: null },
      ],
    })),
    facts: {
      columns: ['sampling', 'defect', ...severities, 'contacts', 'errors', 'share', 'cumulative_share'],
      rows: rows.map(({ defect, of, contacts, cumulative }) => [
        sampling,
        defect,
        ...severities.map((severity) => sum(of.filter((one) => (one.severity ?? 'none') === severity))),
        contacts,
        of.reduce((all, { errors }) => all + errors, 0),
        contacts / total,
        cumulative / total,
      ]),
    },
  }
}

/** What random reviews found most, in a sentence. `reviewed`: random reviews of the window; `unseen`: why there are none. */
export function defectLead(counts: readonly DefectCount[], reviewed: number, unseen: string | null): Lead {
  const random = counts.filter(({ sampling }) => sampling === 'random')
  const total = sum(random)
  if (reviewed === 0) {
    return { strong: `${unseen ?? 'No random review was completed, so what goes wrong is not known'}.`, rest: '' }
  }
  if (total === 0) return { strong: `None of ${countOf(reviewed, 'random review')} found a defect.`, rest: '' }
  const byClass = new Map<string, number>()
  for (const { defect, contacts } of random) {
    const word = defectWords[defect ?? 'none']
    byClass.set(word, (byClass.get(word) ?? 0) + contacts)
  }
  const [most] = [...byClass].sort(([nameA, a], [nameB, b]) => b - a || nameA.localeCompare(nameB, 'en'))
  const errors = random.reduce((all, one) => all + one.errors, 0)
  return {
    strong: `${capital(most?.[0] ?? '')} makes up ${formatCount(most?.[1] ?? 0)} of ${countOf(total, 'defect')}.`,
    rest: `Found in ${countOf(reviewed, 'random review')}; ${formatCount(errors)} count as errors, a minor defect does not.`,
  }
}

function sum(counts: readonly DefectCount[]): number {
  return counts.reduce((all, { contacts }) => all + contacts, 0)
}
