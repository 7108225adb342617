import type { AutonomyThreshold } from '#models/confidence/autonomy-threshold.ts'
import type { CalibrationReport } from '#models/confidence/calibration-report.ts'
import { bandEnds } from '#models/confidence/confidence-band.ts'
import {
  countOf,
  formatCount,
  formatPoints,
  formatShare,
  formatShareInterval,
  formatShareNumber,
} from '#models/format-metric.ts'
import type { ThresholdPoint } from '#models/statistics/threshold-curve.ts'
import { drawXyPlot, narrowFor } from '../../charts/draw-chart.server.tsx'
import { createValueAxis, type ValueAxis } from '../../charts/value-axis.ts'
import { type XyPlotView, xyPlace } from '../../charts/xy-plot.tsx'
import type { FactTable } from '../../exports/fact-table.ts'
import type { Chart } from '../type/chart-view.ts'

const size = { width: 520, height: 290 }
const wide = { width: 520, height: 250 }
const thresholdAxis: ValueAxis = { from: 0.5, through: 1, ticks: [0.5, 0.6, 0.7, 0.8, 0.9, 1] }

/**
 * Accuracy against stated confidence, in bins of the same number of answers. The bins stand side by side: most of what an
 * AI states lies close to 100 %, where the dots of a common scale would lie on each other.
 */
export function reliabilityChart(report: CalibrationReport): Chart {
  const bins = report.equalMass.bins.flatMap((bin) =>
    bin.meanConfidence === null || bin.accuracy === null ? [] : [{ ...bin, x: bin.meanConfidence, y: bin.accuracy }],
  )
  const said = bins.map(
    (bin) =>
      `stated ${formatShare(bin.x)}, right ${formatShare(bin.y)}${bin.accuracyLower === null || bin.accuracyUpper === null ? '' : ` (${formatShareInterval(bin.accuracyLower, bin.accuracyUpper)})`}, ${countOf(bin.n, 'review')}`,
  )
  const places = bins.map((_, index) => index + 1)
  return {
    id: 'reliability',
    fileName: 'reliability',
    facts: {
      columns: ['confidence_from', 'confidence_to', 'mean_confidence', 'accuracy', 'lower', 'upper', 'reviewed'],
      rows: bins.map((bin) => [bin.from, bin.to, bin.x, bin.y, bin.accuracyLower, bin.accuracyUpper, bin.n]),
    },
    title: 'Stated confidence against what came true',
    text: 'A dot under the dashed line: the AI is surer than it is right. Bins of about the same number of reviews, from the least sure on; whisker: 95\u202f% interval.',
    drawing: drawXyPlot(
      {
        x: { from: 0.5, through: bins.length + 0.5, ticks: places },
        y: createValueAxis(bins.flatMap((bin) => [bin.x, bin.y, bin.accuracyLower ?? bin.y]).concat(1), {
          least: 0,
          most: 1,
        }),
        xTitle: 'Stated confidence, mean of each bin, in\u00a0%',
        yTitle: 'Answers that were right',
        xText: (place) => formatShareNumber(bins[place - 1]?.x ?? 0).replace('100.0', '100'),
        line: [],
        points: bins.map((bin, index) => ({
          x: index + 1,
          y: bin.y,
          lower: bin.accuracyLower,
          upper: bin.accuracyUpper,
          text: said[index] ?? '',
        })),
        reference: { line: bins.map((bin, index) => ({ x: index + 1, y: bin.x })), text: 'as stated' },
        marks: [],
        limit: null,
      },
      size,
    ),
    summary: `${said.join('. ')}.`,
    twin: {
      head: ['Bin', 'Stated', 'Right', '95\u202f% interval', 'Reviews'],
      rows: bins.map((bin, index) => ({
        month: String(index),
        label: `${formatShare(bin.from)} to ${formatShare(bin.to)}`,
        cells: [
          { text: formatShare(bin.x), href: null },
          { text: formatShare(bin.y), href: null },
          {
            text:
              bin.accuracyLower === null || bin.accuracyUpper === null
                ? '–'
                : formatShareInterval(bin.accuracyLower, bin.accuracyUpper),
            href: null,
          },
          { text: formatCount(bin.n), href: null },
        ],
      })),
    },
  }
}

/** Shares by threshold come from reviews, the contacts of the bands do not. */
const ofReviewed = 'Shares of the reviewed answers, which were drawn at random.'

/** Share of answers that would go out unread, by threshold. */
export function shareAutomatedChart(threshold: AutonomyThreshold): Chart {
  const line = threshold.curve.flatMap(({ threshold: x, coverage }) => (coverage === null ? [] : [{ x, y: coverage }]))
  return curveChart(threshold, {
    id: 'share-automated',
    title: 'Share automated at each threshold',
    text: `Answers that would go out unread if the AI acted alone from this confidence on. ${ofReviewed}`,
    yTitle: 'Share automated',
    y: { from: 0, through: 1, ticks: [0, 0.25, 0.5, 0.75, 1] },
    line,
  })
}

/** Errors that would reach customers, per answer, by threshold. */
export function errorsReachingChart(threshold: AutonomyThreshold): Chart {
  const line = threshold.curve.flatMap(({ threshold: x, errorsReaching }) =>
    errorsReaching === null ? [] : [{ x, y: errorsReaching }],
  )
  return curveChart(threshold, {
    id: 'errors-reaching',
    title: 'Errors reaching customers at each threshold',
    text: `Wrong answers that would go out unread, of all answers. ${ofReviewed}`,
    yTitle: 'Errors reaching customers',
    y: createValueAxis(line.map(({ y }) => y).concat(0.01), { fromZero: true, most: 1 }),
    line,
  })
}

function curveChart(
  threshold: AutonomyThreshold,
  { id, title, text, ...view }: Pick<Chart, 'id' | 'title' | 'text'> & Pick<XyPlotView, 'y' | 'yTitle' | 'line'>,
): Chart {
  const { guaranteed } = threshold
  const marks: XyPlotView['marks'] = [
    { x: bandEnds.from, text: formatShare(bandEnds.from, 0), kind: 'note' },
    { x: bandEnds.through, text: formatShare(bandEnds.through, 0), kind: 'note' },
    ...(guaranteed === null ? [] : [{ x: guaranteed.threshold, text: 'guaranteed', kind: 'limit' as const }]),
  ]
  // The words of two marks beside each other would run into one.
  const shown = marks.filter(
    ({ x, kind }) => kind === 'limit' || guaranteed === null || Math.abs(x - guaranteed.threshold) > 0.08,
  )
  const steps = threshold.curve.filter((_, index) => index % 5 === 0)
  return {
    id,
    fileName: id,
    facts: curveFacts(threshold),
    title,
    text,
    drawing: drawXyPlot(
      { ...view, x: thresholdAxis, xTitle: 'Threshold', points: [], reference: null, marks: shown, limit: null },
      wide,
    ),
    summary: steps
      .map((step) => {
        const value = id === 'share-automated' ? step.coverage : step.errorsReaching
        return `At ${formatShare(step.threshold, 0)}: ${value === null ? 'none' : formatShare(value)}.`
      })
      .join(' '),
    twin: curveTwin(threshold),
  }
}

function curveTwin(threshold: AutonomyThreshold): Chart['twin'] {
  return {
    head: ['Threshold', 'Share automated', 'Errors reaching', 'Wrong of answers'],
    rows: threshold.curve.map((step) => ({
      month: String(step.threshold),
      label: thresholdText(step.threshold),
      cells: [
        { text: step.coverage === null ? '–' : formatShare(step.coverage), href: null },
        { text: step.errorsReaching === null ? '–' : formatShare(step.errorsReaching), href: null },
        { text: `${formatCount(step.errors)} of ${formatCount(step.answers)}`, href: null },
      ],
    })),
  }
}

function curveFacts(threshold: AutonomyThreshold): FactTable {
  return {
    columns: ['threshold', 'share_automated', 'errors_reaching', 'answers', 'errors', 'is_guaranteed'],
    rows: threshold.curve.map((step) => [
      step.threshold,
      step.coverage,
      step.errorsReaching,
      step.answers,
      step.errors,
      threshold.guaranteed !== null && step.threshold >= threshold.guaranteed.threshold,
    ]),
  }
}

/** A threshold of the grid; only the last one lies between two hundredths. */
export function thresholdText(threshold: number): string {
  return formatShare(threshold, threshold > 0.99 ? 1 : 0)
}

const tradeSize = { width: 520, height: 290 }

/** A place in a drawing, with the size of that drawing. */
export interface PlotPlace {
  x: number
  y: number
  width: number
  height: number
}

/**
 * What a threshold buys and what it costs: share automated against errors reaching customers per 100 answers, with the
 * bands' ends and the guaranteed threshold marked. `place` says where a threshold lies in the wide and the narrow drawing,
 * so that a slider can show its own.
 */
export function tradeChart(threshold: AutonomyThreshold): {
  chart: Chart
  place: (step: ThresholdPoint) => { wide: PlotPlace; narrow: PlotPlace } | null
} {
  const { curve, guaranteed, limit } = threshold
  const line = curve
    .flatMap(({ coverage: x, errorsReaching: y }) => (x === null || y === null ? [] : [{ x, y }]))
    .sort((a, b) => a.x - b.x)
  const highest = Math.max(...line.map(({ y }) => y), 0.002)
  // A limit far above everything would press the curve flat.
  const isLimitNear = limit < highest * 3
  const x = createValueAxis(line.map((point) => point.x).concat(1), { least: 0, most: 1 })
  const view: XyPlotView = {
    x,
    y: createValueAxis([highest * 1.3, ...(isLimitNear ? [limit * 1.2] : [])], { fromZero: true, most: 1 }),
    xTitle: 'Share automated',
    yTitle: 'Errors reaching customers, per 100 answers',
    line,
    points: [],
    reference: null,
    marks: [],
    // The limit is of the answers that go out alone, so it grows with their share.
    limit: isLimitNear
      ? {
          from: { x: x.from, y: limit * x.from },
          to: { x: 1, y: limit },
          text: `limit ${formatPoints(limit * 100)} per 100 sent alone`,
        }
      : null,
  }
  const at = (value: number) => curve.find((step) => Math.abs(step.threshold - value) < 1e-9)
  const named: [ThresholdPoint | undefined, string, boolean][] = [
    [at(bandEnds.from), formatShare(bandEnds.from, 0), false],
    [at(bandEnds.through), formatShare(bandEnds.through, 0), false],
    [guaranteed === null ? undefined : at(guaranteed.threshold), 'guaranteed', true],
  ]
  const points = named.flatMap(([step, text, isLimit]) =>
    step === undefined || step.coverage === null || step.errorsReaching === null
      ? []
      : [
          {
            x: step.coverage,
            y: step.errorsReaching,
            lower: null,
            upper: null,
            label: { text, isLimit },
            text: `${isLimit ? `Guaranteed, ${thresholdText(step.threshold)}` : `Threshold ${text}`}: ${formatShare(step.coverage)} automated, ${formatPoints(step.errorsReaching * 100, 2)} errors per 100`,
          },
        ],
  )
  const placeIn = (size: { width: number; height: number }, at: { x: number; y: number }): PlotPlace => {
    const { x, y } = xyPlace(view, size)
    return { x: x(at.x), y: y(at.y), ...size }
  }
  return {
    chart: {
      id: 'trade',
      fileName: 'threshold-trade',
      facts: curveFacts(threshold),
      title: 'What a lower threshold buys, and what it costs',
      text: `Across: share of answers that go out unread. Up: errors reaching customers per 100 answers. ${ofReviewed} The error limit is ${formatPoints(limit * 100)} per 100 answers sent alone${isLimitNear ? ': the slanted line' : ', above the drawing'}. Ring: the threshold chosen.`,
      drawing: drawXyPlot({ ...view, points }, tradeSize, 'per_100'),
      summary: `${points.map(({ text }) => text).join('. ')}.`,
      twin: curveTwin(threshold),
    },
    place: ({ coverage, errorsReaching }) =>
      coverage === null || errorsReaching === null
        ? null
        : {
            wide: placeIn(tradeSize, { x: coverage, y: errorsReaching }),
            narrow: placeIn(narrowFor(tradeSize), { x: coverage, y: errorsReaching }),
          },
  }
}
