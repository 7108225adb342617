import type { ContactValues } from '#models/contacts/list-contact-values.ts'
import type { ComparisonKind } from '../comparison/comparison-kind.ts'
import { comparisonKinds, comparisonWords, writeComparisonKind } from '../comparison/comparison-kind.ts'
import {
  type EvidenceFilter,
  isFiltered,
  noFilter,
  parseEvidenceFilter,
  writeEvidenceFilter,
} from './evidence-filter.ts'

/** One choice of the bar: what is chosen, and where every other choice leads. Links, so that it needs no script. */
export interface FilterMenu {
  name: string
  value: string
  isActive: boolean
  choices: readonly { text: string; search: string; isCurrent: boolean }[]
}

export interface FilterBarView {
  /** null: the page compares nothing. */
  comparison: FilterMenu | null
  menus: readonly FilterMenu[]
  /** The address without a filter; null without one. */
  clearSearch: string | null
}

const tierWords: Readonly<Record<string, string>> = { standard: 'standard', vip: 'VIP', unknown: 'not stated' }

/** The bar under the month: comparison, area, channel, customers, AI version; what the data do not hold is not offered. */
export function filterBar(input: {
  search: URLSearchParams
  /** null: the page compares nothing. */
  comparison: ComparisonKind | null
  filter: EvidenceFilter
  /** null: the page is of one type, and an area stays in the address for the way back. */
  areas: readonly string[] | null
  values: ContactValues
}): FilterBarView {
  const { search, comparison, areas, values } = input
  const kept = areas === null ? { area: parseEvidenceFilter(search).area } : {}
  const filter = { ...input.filter, ...kept }
  const menu = (
    name: string,
    field: keyof EvidenceFilter,
    options: readonly string[],
    wordOf = (value: string) => value,
  ): FilterMenu[] => {
    const chosen = filter[field]
    const offered = chosen === null || options.includes(chosen) ? options : [...options, chosen]
    // One value everywhere is no choice.
    if (offered.length < 2 && chosen === null) return []
    const choice = (text: string, value: string | null) => ({
      text,
      search: `?${writeEvidenceFilter(search, { ...filter, [field]: value })}`,
      isCurrent: value === chosen,
    })
    return [
      {
        name,
        value: chosen === null ? 'all' : wordOf(chosen),
        isActive: chosen !== null,
        choices: [choice('all', null), ...offered.map((value) => choice(wordOf(value), value))],
      },
    ]
  }
  return {
    comparison: comparison === null ? null : comparisonMenu(search, comparison),
    menus: [
      ...(areas === null ? [] : menu('Area', 'area', areas)),
      ...menu('Channel', 'channel', values.channels),
      ...menu('Customers', 'customerTier', values.customerTiers, (tier) => tierWords[tier] ?? tier),
      ...menu('AI version', 'aiVersion', values.aiVersions, (version) =>
        version === 'unknown' ? 'not stated' : version,
      ),
    ],
    clearSearch: isFiltered(input.filter) ? `?${writeEvidenceFilter(search, { ...noFilter, ...kept })}` : null,
  }
}

function comparisonMenu(search: URLSearchParams, comparison: ComparisonKind): FilterMenu {
  return {
    name: 'Compared with',
    value: comparisonWords[comparison],
    isActive: false,
    choices: comparisonKinds.map((kind) => ({
      text: comparisonWords[kind],
      search: `?${writeComparisonKind(search, kind)}`,
      isCurrent: kind === comparison,
    })),
  }
}
