import { formatConfidence } from '#governance/evaluate/sentences.ts'
import { levelWords } from '#governance/levels/level-words.ts'
import { type AutonomyThreshold, autonomyThreshold } from '#models/confidence/autonomy-threshold.ts'
import { type CalibrationReport, calibrationReport } from '#models/confidence/calibration-report.ts'
import { bandEnds, type ConfidenceBand } from '#models/confidence/confidence-band.ts'
import type { StatedConfidence } from '#models/confidence/list-confidence.ts'
import { countOf, formatCount, formatDifference, formatShare, formatShareInterval } from '#models/format-metric.ts'
import type { ThresholdPoint } from '#models/statistics/threshold-curve.ts'
import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { FactTable } from '../../exports/fact-table.ts'
import type { Lead } from '../overview-lead.ts'
import type { Chart } from '../type/chart-view.ts'
import {
  errorsReachingChart,
  type PlotPlace,
  reliabilityChart,
  shareAutomatedChart,
  thresholdText,
  tradeChart,
} from './confidence-charts.ts'

interface BandRow {
  band: ConfidenceBand
  label: string
  contacts: string
  share: string
  reviewed: string
  errorRate: string
}

/** What one threshold would do, in numbers that a slider can show. */
export interface ThresholdStep {
  threshold: number
  /** 0..1 of the reviewed answers, which stand for all. */
  shareAutomated: number
  /** Errors reaching customers, per 100 reviewed answers, automated or not. */
  errorsPer100: number
  counts: string
  /** Where it lies in the two drawings of the trade. */
  place: { wide: PlotPlace; narrow: PlotPlace }
}

/** One AI version of one type. */
export interface ConfidenceView {
  /** The version as it stands in addresses and ids. */
  id: string
  aiVersion: string
  contacts: string
  coverage: string
  lead: Lead
  bands: readonly BandRow[]
  reliability: Chart | null
  calibrationText: string
  steps: readonly ThresholdStep[]
  /** The threshold with the guarantee; null: there is none. */
  guaranteed: number | null
  guaranteedText: string
  /** Share automated against errors reaching customers; null without a limit or an answer. */
  trade: Chart | null
  charts: readonly Chart[]
  /** The bands, unrounded. */
  bandFacts: FactTable
}

const bandWords: Readonly<Record<ConfidenceBand, string>> = {
  as_the_loop: `Under ${formatShare(bandEnds.from, 0)}: human as the loop`,
  in_the_loop: `${formatShare(bandEnds.from, 0)} to ${formatShare(bandEnds.through, 0)}: human in the loop`,
  on_the_loop: `Over ${formatShare(bandEnds.through, 0)}: human on the loop`,
}

/** What the bands are, and that they change no level. `ceiling` of the type; null: none known. */
export function bandsNote(ceiling: OversightLevel | null): string {
  const both = `${formatShare(bandEnds.from, 0)} and ${formatShare(bandEnds.through, 0)}`
  const within =
    ceiling === null || ceiling === 'human_on_the_loop'
      ? ''
      : `; this type stays within its ceiling, ${levelWords[ceiling].toLowerCase()}, at any confidence`
  return `All contacts that state a confidence; ${both} themselves belong to the middle band. The names are starting labels: a level is decided in the review room${within}.`
}

/**
 * Stated confidence of one AI version in words, charts and steps. `errorLimit`: of the type's tier; null: none; part: only
 * some contacts of the version are described, for which no threshold is sought.
 */
export function confidenceView(stated: StatedConfidence, errorLimit: number | null | 'part'): ConfidenceView {
  const limit = errorLimit === 'part' ? null : errorLimit
  const report = calibrationReport(stated.answers)
  const threshold = limit === null ? null : autonomyThreshold(stated.answers, { limit })
  const curve = threshold?.curve ?? []
  const trade = threshold === null || curve.length === 0 ? null : tradeChart(threshold)
  const own = (chart: Chart): Chart => ofVersion(chart, stated.aiVersion)
  return {
    id: idOf(stated.aiVersion),
    aiVersion: stated.aiVersion,
    contacts: countOf(stated.contacts, 'AI contact'),
    coverage: coverageText(stated),
    lead: leadOf(report, threshold, stated),
    bands: stated.bands.map((band) => ({
      band: band.band,
      label: bandWords[band.band],
      contacts: formatCount(band.contacts),
      share: band.share === null ? '–' : formatShare(band.share),
      reviewed: `${formatCount(band.errors)} of ${formatCount(band.reviewed)}`,
      errorRate:
        band.errorRate === null || band.lower === null || band.upper === null
          ? '–'
          : `${formatShare(band.errorRate)} (${formatShareInterval(band.lower, band.upper)})`,
    })),
    reliability: report === null ? null : own(reliabilityChart(report)),
    calibrationText: calibrationText(report, stated),
    steps: trade === null ? [] : curve.flatMap((step) => stepOf(step, trade.place(step), stated.answers.length)),
    trade: trade === null ? null : own(trade.chart),
    bandFacts: {
      columns: ['band', 'contacts', 'share', 'reviewed', 'errors', 'error_rate', 'lower', 'upper'],
      rows: stated.bands.map((band) => [
        band.band,
        band.contacts,
        band.share,
        band.reviewed,
        band.errors,
        band.errorRate,
        band.lower,
        band.upper,
      ]),
    },
    guaranteed: threshold?.guaranteed?.threshold ?? null,
    guaranteedText:
      errorLimit === 'part'
        ? 'A threshold is sought over all contacts of a version, not over some of them.'
        : guaranteedText(threshold, limit),
    charts:
      threshold === null || curve.length === 0
        ? []
        : [shareAutomatedChart(threshold), errorsReachingChart(threshold)].map(own),
  }
}

function coverageText({ contacts, withNumber, withVendorBand, withoutConfidence }: StatedConfidence): string {
  const parts = [
    withNumber === 0 ? '' : `${formatCount(withNumber)} state a number`,
    withVendorBand === 0 ? '' : `${formatCount(withVendorBand)} a vendor's band only`,
    withoutConfidence === 0 ? '' : `${formatCount(withoutConfidence)} nothing`,
  ].filter(Boolean)
  return `Of ${countOf(contacts, 'AI contact')}: ${parts.join(', ')}.`
}

function leadOf(report: CalibrationReport | null, threshold: AutonomyThreshold | null, stated: StatedConfidence): Lead {
  if (report === null) {
    return {
      strong: 'Whether the stated confidence means anything cannot be said yet.',
      rest: `${countOf(stated.answers.length, 'random review')} of answers with a stated number; 30 are needed.`,
    }
  }
  const words = {
    calibrated: 'The stated confidence cannot be told from what comes true.',
    over_confident: 'The AI is surer than it is right.',
    under_confident: 'The AI is right more often than it says.',
  } as const
  const rest = `It claims ${formatShare(report.meanConfidence)} on average and is right in ${formatShare(report.accuracy)} (${formatDifference(report.gap)}), from ${countOf(report.answers, 'random review')}.`
  const act =
    threshold === null
      ? ''
      : threshold.guaranteed === null
        ? ' The data guarantee no threshold above which its errors stay within the limit.'
        : ` At ${thresholdText(threshold.guaranteed.threshold)} and above the data show its errors within the limit.`
  return { strong: words[report.verdict], rest: `${rest}${act}` }
}

function calibrationText(report: CalibrationReport | null, { answers }: StatedConfidence): string {
  if (report === null) return `${countOf(answers.length, 'random review')} so far; fewer than 30 say nothing.`
  const { observed, expectedIfPerfect, pValue } = report.equalMass
  const chance = pValue < 0.001 ? 'under 0.001' : pValue.toFixed(3)
  return `Expected calibration error ${formatShare(observed)}; a perfectly calibrated AI shows ${formatShare(expectedIfPerfect)} by chance with as many reviews (p ${chance}). In bins of the same breadth ${formatShare(report.equalWidth.observed)}. Brier score ${report.brier.toFixed(3)}.`
}

function guaranteedText(threshold: AutonomyThreshold | null, limit: number | null): string {
  if (limit === null || threshold === null)
    return 'The tier of this type has no error limit, so no threshold is sought.'
  const { guaranteed, delta, minimumAnswers } = threshold
  if (guaranteed === null) {
    return `At no threshold do these data show an error rate under ${formatShare(limit)}, ${formatConfidence(delta)} sure. That takes at least ${minimumAnswers} reviewed answers at or above the threshold, without an error.`
  }
  return `At ${thresholdText(guaranteed.threshold)} and above the true error rate is under ${formatShare(limit)}, ${formatConfidence(delta)} sure: ${countOf(guaranteed.errors, 'error')} in ${countOf(guaranteed.answers, 'reviewed answer')}. It holds for this AI version alone, while reviews are drawn at random.`
}

function idOf(aiVersion: string): string {
  return aiVersion.replaceAll(/[^\w.-]+/g, '-')
}

/** Two versions on one page must not share the ids of their charts. */
function ofVersion(chart: Chart, aiVersion: string): Chart {
  const mark = idOf(aiVersion)
  return { ...chart, id: `${chart.id}-${mark}`, fileName: `${chart.fileName}-${mark}` }
}

function stepOf(
  { threshold, coverage, errorsReaching, answers, errors }: ThresholdPoint,
  place: ThresholdStep['place'] | null,
  reviewed: number,
): ThresholdStep[] {
  if (coverage === null || errorsReaching === null || place === null) return []
  return [
    {
      threshold,
      shareAutomated: coverage,
      errorsPer100: errorsReaching * 100,
      counts: `${formatCount(errors)} wrong of ${countOf(answers, 'reviewed answer')} at or above it, of ${formatCount(reviewed)} reviewed`,
      place,
    },
  ]
}
