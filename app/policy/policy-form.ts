import { nameMissing } from '#governance/policy/name-missing.ts'
import { readPolicy } from '#governance/policy/parse-policy.ts'
import { type GateId, gateIds, type Policy } from '#governance/policy/policy.ts'
import { customerSegments } from '#models/segments/customer-segment.ts'
import { fromFormNumber, type PolicyUnit, policyFieldGroups, toFormNumber, valueAt } from './policy-fields.ts'
import { tripWireMetrics, tripWireUnits } from './trip-wire-units.ts'

/** What the inputs hold, by name. Boxes that are ticked hold "on". */
export type PolicyFormValues = Readonly<Record<string, string>>

/** A policy as the form shows it. */
export function policyFormValues(policy: Policy): PolicyFormValues {
  const values: Record<string, string> = { name: policy.name }
  for (const { fields, switches } of policyFieldGroups) {
    for (const { path, unit } of fields) {
      const value = valueAt(policy, path)
      values[path] = typeof value === 'number' ? toFormNumber(unit, value) : ''
    }
    for (const { path } of switches) if (valueAt(policy, path) !== undefined) values[path] = 'on'
  }
  for (const gate of policy.shadowGates ?? []) values[`shadow.${gate}`] = 'on'
  for (const { name, ceiling, blocksExpansion } of policy.segments ?? []) {
    values[`segment.${name}`] = 'on'
    values[`segment.${name}.ceiling`] = ceiling
    if (blocksExpansion) values[`segment.${name}.blocks`] = 'on'
  }
  for (const { metric, threshold } of policy.tripWires ?? []) {
    values[`tripWire.${metric}`] = toFormNumber(tripWireUnits[metric], threshold)
  }
  for (const [type, { limit }] of Object.entries(policy.gates.G1.limitOverrides ?? {})) {
    values[`override.${type}`] = toFormNumber('percent', limit)
  }
  return values
}

/**
 * Reads the form as the policy that is to follow `base`, from which everything is taken that the form does not edit.
 * Gives what is wrong by the name of its input, or under "form". Pure.
 */
export function readPolicyForm(
  values: PolicyFormValues,
  base: Policy,
  version: number,
): { policy: Policy } | { fields: Record<string, string>; form: string | null } {
  const wrong: Record<string, string> = {}
  const number = (name: string, unit: PolicyUnit): number | undefined => {
    const written = (values[name] ?? '').trim().replace(',', '.')
    if (written === '') return undefined
    const parsed = Number(written)
    if (!Number.isFinite(parsed)) wrong[name] = 'Give a number.'
    return fromFormNumber(unit, parsed)
  }
  const draft = structuredClone(base) as unknown as Record<string, unknown>
  draft.version = version
  draft.name = (values.name ?? '').trim()
  for (const { fields, switches } of policyFieldGroups) {
    const off = switches.filter(({ path }) => values[path] !== 'on').map(({ path }) => path)
    for (const { path } of switches) setAt(draft, path, switched(path, !off.includes(path), draft))
    for (const { path, unit, ifEmpty } of fields) {
      if (off.some((part) => path.startsWith(`${part}.`))) continue
      const value = number(path, unit)
      if (value === undefined && ifEmpty === undefined) wrong[path] = 'Give a number.'
      setAt(draft, path, value ?? (path === 'gates.G1.limitByTier.high' ? null : undefined))
    }
  }
  if ((values['evidenceLapse.months'] ?? '').trim() === '') draft.evidenceLapse = undefined
  draft.shadowGates = orNothing(gateIds.filter((gate: GateId) => values[`shadow.${gate}`] === 'on'))
  draft.segments = orNothing(
    customerSegments
      .filter((name) => values[`segment.${name}`] === 'on')
      .map((name) => ({
        name,
        ceiling: values[`segment.${name}.ceiling`],
        blocksExpansion: values[`segment.${name}.blocks`] === 'on',
      })),
  )
  draft.tripWires = orNothing(
    tripWireMetrics.flatMap((metric) => {
      const threshold = number(`tripWire.${metric}`, tripWireUnits[metric])
      return threshold === undefined ? [] : [{ metric, threshold }]
    }),
  )
  const before = base.gates.G1.limitOverrides ?? {}
  const overrides = Object.keys(values)
    .filter((name) => name.startsWith('override.'))
    .flatMap((name) => {
      const type = name.slice('override.'.length)
      const limit = number(name, 'percent')
      const alphaPass = Object.hasOwn(before, type) ? before[type]?.alphaPass : undefined
      return limit === undefined ? [] : [[type, alphaPass === undefined ? { limit } : { limit, alphaPass }] as const]
    })
  setAt(draft, 'gates.G1.limitOverrides', overrides.length === 0 ? undefined : Object.fromEntries(overrides))
  if (Object.keys(wrong).length > 0) return { fields: wrong, form: null }
  const read = readPolicy(nameMissing(withoutNothing(draft) as unknown as Policy))
  if ('policy' in read) return read
  const other: string[] = []
  for (const { path, message } of read.problems) {
    const name = inputOf(path, draft)
    if (name === null) other.push(`${path}: ${message}.`)
    else wrong[name] ??= message
  }
  return { fields: wrong, form: other.length === 0 ? null : other.join(' ') }
}

/** What a switched part begins with: what it had, an empty part whose numbers follow, or nothing. */
function switched(path: string, isOn: boolean, draft: unknown): unknown {
  if (!isOn) return undefined
  return path === 'gates.G6' || path === 'gates.G7.agreement' ? (valueAt(draft, path) ?? {}) : true
}

/** Name of the input that a problem belongs to; null for none. */
function inputOf(path: string, draft: Record<string, unknown>): string | null {
  if (path === 'name') return path
  if (policyFieldGroups.some(({ fields }) => fields.some((field) => field.path === path))) return path
  const wire = /^tripWires\.(\d+)/.exec(path)
  if (wire !== null) return `tripWire.${valueAt(draft, `tripWires.${wire[1]}.metric`)}`
  const segment = /^segments\.(\d+)/.exec(path)
  if (segment !== null) return `segment.${valueAt(draft, `segments.${segment[1]}.name`)}`
  const override = /^gates\.G1\.limitOverrides\.(.+?)(\.limit)?$/.exec(path)
  if (override !== null) return `override.${override[1]}`
  return path === 'shadowGates' ? 'shadow.G1' : null
}

function setAt(target: Record<string, unknown>, path: string, value: unknown): void {
  const keys = path.split('.')
  const last = keys.pop() as string
  let at = target
  for (const key of keys) {
    at[key] ??= {}
    at = at[key] as Record<string, unknown>
  }
  at[last] = value
}

/** The schema takes an absent member, not an undefined one. */
function withoutNothing(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(withoutNothing)
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .map(([key, member]) => [key, withoutNothing(member)]),
  )
}

function orNothing<Item>(items: Item[]): Item[] | undefined {
  return items.length === 0 ? undefined : items
}
