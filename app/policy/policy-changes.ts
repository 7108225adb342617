import { segmentWords } from '#governance/evaluate/segment-words.ts'
import { diffPolicies } from '#governance/policy/diff-policies.ts'
import type { Policy } from '#governance/policy/policy.ts'
import { countOf } from '#models/format-metric.ts'
import { metrics } from '#models/metrics.ts'
import { levelWords } from '../components/level-glyph.tsx'
import { type PolicyUnit, policyFieldGroups, toFormNumber, unitWords } from './policy-fields.ts'
import { tripWireName, tripWireUnits } from './trip-wire-units.ts'

/** One difference between two policies, in words. */
export interface PolicyChange {
  /** Path in the policy, for whoever reads the JSON. */
  path: string
  what: string
  before: string
  after: string
}

const gap = '\u202f'

/** Every difference in words, in the order of the policy's page. Nothing is left out. Pure. */
export function policyChanges(before: Policy, after: Policy): PolicyChange[] {
  const differences = diffPolicies(before, after)
  const order = (path: string) => {
    const index = known.findIndex((field) => field.path === path)
    return index === -1 ? known.length : index
  }
  return differences
    .sort((a, b) => order(a.path) - order(b.path))
    .map(({ path, before, after }) => ({
      path,
      what: nameOf(path),
      before: textOf(path, without(before, after)),
      after: textOf(path, without(after, before)),
    }))
}

/** Of two lists, what only the first holds: what both hold did not change. Other values as they are. */
function without(list: unknown, other: unknown): unknown {
  if (!Array.isArray(list) || !Array.isArray(other)) return list
  const known = new Set(other.map((item) => JSON.stringify(item)))
  return list.filter((item) => !known.has(JSON.stringify(item)))
}

interface Known {
  path: string
  name: string
  unit: PolicyUnit | null
}

const known: readonly Known[] = policyFieldGroups.flatMap(({ title, fields, switches }) => [
  ...switches.map(({ path, label }) => ({ path, name: `${title}: ${lower(label)}`, unit: null })),
  ...fields.map(({ path, label, unit }) => ({ path, name: `${title}: ${lower(label)}`, unit })),
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
  if (value === undefined) return 'not there'
  if (value === null) return path === 'gates.G1.limitByTier.high' ? 'no limit: never expands' : 'none'
  if (value === true) return 'yes'
  const unit = overrideOf(path)?.unit ?? known.find((field) => field.path === path)?.unit
  if (typeof value === 'number') return unit === undefined || unit === null ? String(value) : inUnit(unit, value)
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value)
  if (value.length === 0) return 'nothing else'
  return value.map((item) => itemText(path, item)).join('; ')
}

function itemText(path: string, item: unknown): string {
  if (path === 'segments') {
    const { name, ceiling, blocksExpansion } = item as NonNullable<Policy['segments']>[number]
    return `${segmentWords[name]}, at most ${lower(levelWords[ceiling])}, ${blocksExpansion ? 'stops an expansion' : 'is shown only'}`
  }
  if (path === 'tripWires') {
    const { metric, threshold } = item as NonNullable<Policy['tripWires']>[number]
    return `${tripWireName(metric)} ${inUnit(tripWireUnits[metric], threshold)}`
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
  return unitWords[unit] === '' ? written : `${written}${gap}${unitWords[unit]}`
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
