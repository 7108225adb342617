import { segmentWords } from '#governance/evaluate/segment-words.ts'
import { diffPolicies } from '#governance/policy/diff-policies.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { levelWords } from '../components/level-glyph.tsx'
import { type PolicyUnit, policyFieldGroups, toFormNumber, unitBeside } from './policy-fields.ts'
import { tripWireDirections, tripWireName, tripWireUnits } from './trip-wire-units.ts'

/** One difference between two policies, in words; of a list each item has a line of its own. */
export interface PolicyChange {
  /** Path in the policy, for whoever reads the JSON. */
  path: string
  what: string
  before: string
  after: string
}

const gap = '\u202f'

/**
 * Every difference in words, in the order of the policy's page. Only that is left out which changes nothing: a default
 * that is now written down. Pure.
 */
export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const differences = diffPolicies(before, after)
  const order = (path: string) => {
    const index = known.findIndex((field) => field.path === path)
    return index === -1 ? known.length : index
  }
  return differences
    .sort((a, b) => order(a.path) - order(b.path))
    .map(({ path, before, after }) => ({ path, what: nameOf(path), ...wordsOf(path, before, after) }))
    .filter(({ before, after }) => before !== after)
}

function wordsOf(path: string, before: unknown, after: unknown): Pick<PolicyChange, 'before' | 'after'> {
  if (!Array.isArray(before) || !Array.isArray(after)) {
    return { before: textOf(path, before), after: textOf(path, after) }
  }
  // Both columns hold the whole list, as their heads say; what only one of them holds is marked.
  const [goes, comes] = [without(before, after), without(after, before)]
  const listed = (items: readonly unknown[], mark: string, marked: readonly unknown[]) =>
    items.map((item) => `${marked.includes(item) ? `${mark}: ` : ''}${itemText(path, item)}`).join('\n')
  return {
    before: before.length === 0 ? 'none' : listed(before, 'Goes', goes),
    after: after.length === 0 ? 'none left' : listed(after, 'New', comes),
  }
}

/** What only the first of two lists holds. */
function without(list: readonly unknown[], other: readonly unknown[]): unknown[] {
  const known = new Set(other.map((item) => JSON.stringify(item)))
  return list.filter((item) => !known.has(JSON.stringify(item)))
}

interface Known {
  path: string
  name: string
  unit: PolicyUnit | null
  /** What it means that the policy does not hold it. */
  ifAbsent: string
}

const known: readonly Known[] = policyFieldGroups.flatMap(({ title, fields, switches }) => [
  ...switches.map(({ path, label }) => ({ path, name: `${title}: ${lower(label)}`, unit: null, ifAbsent: 'no' })),
  ...fields.map(({ path, label, unit, ifEmpty }) => ({
    path,
    name: `${title}: ${lower(label)}`,
    unit,
    ifAbsent: ifEmpty ?? 'not judged',
  })),
])

const otherNames: Readonly<Record<string, string>> = {
  name: 'Name of the policy',
  segments: 'Segments judged on their own',
  tripWires: 'Trip-wires on every expansion',
  shadowGates: 'Gates in shadow',
  missingGates: 'Named as not judged yet',
  signingWindowMinutes: 'Signing window (nothing reads it)',
}

function nameOf(path: string): string {
  const override = overrideOf(path)
  if (override !== null) return `G1 ${metrics.ai_error_rate.label}: ${override.what} of ${override.type}`
  return known.find((field) => field.path === path)?.name ?? otherNames[path] ?? path
}

function textOf(path: string, value: unknown): string {
  if (value === undefined) return absenceOf(path)
  if (value === null) return path === 'gates.G1.limitByTier.high' ? 'no limit: never expands' : 'none'
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  const unit = overrideOf(path)?.unit ?? known.find((field) => field.path === path)?.unit
  if (typeof value === 'number') return unit === undefined || unit === null ? String(value) : inUnit(unit, value)
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  return value.length === 0 ? 'none' : value.map((item) => itemText(path, item)).join('\n')
}

function absenceOf(path: string): string {
  if (overrideOf(path) !== null) return 'that of its tier'
  return known.find((field) => field.path === path)?.ifAbsent ?? 'none'
}

function itemText(path: string, item: unknown): string {
  if (path === 'segments') {
    const { name, ceiling, blocksExpansion } = item as NonNullable<Policy['segments']>[number]
    return `${segmentWords[name]}, at most ${lower(levelWords[ceiling])}, ${blocksExpansion ? 'stops an expansion' : 'is shown only'}`
  }
  if (path === 'tripWires') {
    const { metric, threshold } = item as NonNullable<Policy['tripWires']>[number]
    return `${tripWireName(metric)} ${tripWireDirections[metric]} ${inUnit(tripWireUnits[metric], threshold)}`
  }
  if (path === 'missingGates') {
    const { gate, what } = item as Policy['missingGates'][number]
    return `${gate} ${what}`
  }
  return String(item)
}

function inUnit(unit: PolicyUnit, value: number): string {
  if (unit === 'months' || unit === 'days' || unit === 'approvers' || unit === 'reviews') {
    return countOf(value, unit.slice(0, -1))
  }
  const written = toFormNumber(unit, value)
  const beside = unitBeside(unit, written)
  return beside === '' ? written : `${written}${gap}${beside}`
}

function overrideOf(path: string): { type: string; what: string; unit: PolicyUnit } | null {
  const match = /^gates\.G1\.limitOverrides\.(.+)\.(limit|alphaPass)$/.exec(path)
  if (match?.[1] === undefined) return null
  return match[2] === 'limit'
    ? { type: match[1], what: 'own limit', unit: 'percent' }
    : { type: match[1], what: 'how sure', unit: 'sure' }
}

function lower(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
