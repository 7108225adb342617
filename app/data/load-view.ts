import { formatCount, formatShare } from '#models/format-metric.ts'
import type { Load, LoadCounts } from '#models/loads/list-loads.ts'

/** Where one load is shown. */
export function loadHref(loadId: string): string {
  return `/data/loads/${encodeURIComponent(loadId)}`
}

/** Refused rows, filtered as the page of the quarantine understands it. */
export function quarantineHref(filter: Readonly<Record<string, string>> = {}): string {
  const search = new URLSearchParams(filter)
  return search.size === 0 ? '/data/quarantine' : `/data/quarantine?${search}`
}

/** All entities of a load together. */
export function sumCounts(counts: readonly LoadCounts[]): Omit<LoadCounts, 'entity'> {
  const sum = { read: 0, loaded: 0, unchanged: 0, superseded: 0, quarantined: 0 }
  for (const count of counts) {
    sum.read += count.read
    sum.loaded += count.loaded
    sum.unchanged += count.unchanged
    sum.superseded += count.superseded
    sum.quarantined += count.quarantined
  }
  return sum
}

/** What a load did, in a sentence. */
export function loadSentence(load: Load): string {
  const { read, loaded, unchanged, superseded, quarantined } = sumCounts(load.counts)
  if (read === 0) return 'No row was read.'
  const parts = [
    `${formatCount(loaded)} loaded`,
    unchanged === 0 ? '' : `${formatCount(unchanged)} unchanged`,
    superseded === 0 ? '' : `${formatCount(superseded)} superseded`,
    quarantined === 0
      ? 'none quarantined'
      : `${formatCount(quarantined)} quarantined (${formatShare(quarantined / read, 2)})`,
  ]
  return `${formatCount(read)} rows read: ${parts.filter(Boolean).join(', ')}.`
}

/** 1234567 -> 1.2 MB */
export function formatBytes(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB']
  const power = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${power === 0 || value >= 100 ? formatCount(Math.round(value)) : value.toFixed(1)}\u202f${units[power]}`
}

/** Rules of the quarantine in plain words. */
export const ruleWords: Readonly<Record<string, string>> = {
  missing_value: 'Required value missing',
  unreadable_value: 'Value cannot be read',
  unknown_value: 'Value not in the list',
  unusable_name: 'Name cannot be used',
  out_of_bounds: 'Number out of bounds',
  out_of_scale: 'Score outside its scale',
  ends_before_start: 'Ends before it starts',
  implausible_date: 'Implausible date',
  duplicate_key: 'Same key, different content',
  conflicting_duplicate: 'Same key, different content',
  orphan: 'Contact never arrived',
  erased_customer: 'Customer was erased',
  retired_contact: 'Contact is past retention',
}
