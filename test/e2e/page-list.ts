import { demonstrationUntil as month } from './demonstration.ts'

/** Who opens a page: a demonstration account by the first part of its address, or somebody not signed in. */
export type Visitor = 'approver-a' | 'reviewer' | 'leader' | 'analyst' | 'auditor' | 'admin' | 'nobody'

/** A path; or, where it holds an id that is another in every run, a link on a page that leads there. */
type Address = string | { on: string; link: string }

interface PageRoute {
  as?: Visitor
  addresses: readonly Address[]
}

/** A route that is a file says so by its name. */
export function isFile(route: string): boolean {
  return /\[\.\](csv|css|json)$/.test(route)
}

/**
 * Every other route of app/routes by its file, either with the addresses that show its page in its various states on the
 * prepared demonstration, or with the reason why there is no page to look at.
 */
export const pageRoutes: Readonly<Record<string, PageRoute | string>> = {
  $: { addresses: ['/no-such-page'] },
  _index: 'leads to the overview',
  account: { addresses: ['/account'] },
  'account_.password': { addresses: ['/account/password'] },
  'account_.sessions': 'only takes a form',
  'account_.tables.$table': 'a file',
  'account_.tokens': { as: 'admin', addresses: ['/account/tokens'] },
  'admin.$id': { as: 'admin', addresses: [{ on: '/admin', link: 'table a[href^="/admin/"]' }] },
  'admin._index': { as: 'admin', addresses: ['/admin'] },
  'api._index': { addresses: ['/api'] },
  'audit._index': {
    as: 'auditor',
    addresses: ['/audit', '/audit?verify=1', '/audit?action=decision-recorded', '/audit?object=user:nobody'],
  },
  'audit.bundle': 'a file',
  'audit.receipts.$seq': 'a file',
  'board-pack.$month._index': { as: 'leader', addresses: [`/board-pack/${month}`, `/board-pack/${month}?size=letter`] },
  'catch-layer._index': { addresses: ['/catch-layer'] },
  'data._index': { addresses: ['/data'] },
  'data.dictionary.$metric._index': { addresses: ['/data/dictionary/ai_error_rate', '/data/dictionary/volume'] },
  'data.dictionary._index': { addresses: ['/data/dictionary'] },
  'data.loads.$load.$table': 'a file',
  'data.loads.$load._index': { addresses: [{ on: '/data', link: 'a[href^="/data/loads/"]:not([href$=".csv"])' }] },
  'data.quarantine.$summary': 'a file',
  'data.quarantine._index': {
    addresses: ['/data/quarantine', '/data/quarantine?by=load', '/data/quarantine?rule=orphan&entity=escalations'],
  },
  'data.restatements._index': { addresses: ['/data/restatements'] },
  'datasets.$file': 'a file',
  'datasets._index': { as: 'analyst', addresses: ['/datasets'] },
  'decisions.$id': {
    addresses: [
      { on: '/decisions', link: 'table a[href^="/decisions/"]' },
      { on: '/decisions', link: 'a[aria-label^="Look at the stop"]' },
    ],
  },
  'decisions.$id_.$table': 'a file',
  'decisions._index': { addresses: ['/decisions', '/decisions?action=expand'] },
  login: { as: 'nobody', addresses: ['/login', '/login?to=%2Fdecisions'] },
  logout: 'only takes a form',
  overview: {
    addresses: [
      '/overview',
      '/overview?channel=chat&compare=year',
      '/overview?view=heat',
      '/overview?month=2025-05&compare=decision',
      '/overview?month=2024-01',
    ],
  },
  'overview_.files.$file': 'a file',
  'overview_.interactions': { addresses: ['/overview/interactions', '/overview/interactions?channel=voice&page=9999'] },
  'overview_.views': { addresses: ['/overview/views'] },
  policy: { addresses: ['/policy'] },
  'policy_.drafts.$draft': {
    addresses: [{ on: '/policy', link: 'a[href^="/policy/drafts/"]:not([href*="/drafts/new"])' }],
  },
  'policy_.drafts.new': { addresses: ['/policy/drafts/new', '/policy/drafts/new?from=recommended'] },
  'policy_.tables.$table': 'a file',
  'quality._index': { addresses: ['/quality'] },
  'responsibilities.$type': { addresses: ['/responsibilities/refund_request'] },
  'responsibilities._index': { addresses: ['/responsibilities'] },
  'reviews.$month.$type': {
    addresses: [
      `/reviews/${month}/delivery_change`,
      `/reviews/${month}/refund_request`,
      `/reviews/${month}/privacy_request`,
    ],
  },
  'reviews.$month.$type_.$table': 'a file',
  'reviews.$month._index': { addresses: [`/reviews/${month}`] },
  'reviews._index': { addresses: ['/reviews'] },
  search: { addresses: ['/search', '/search?q=refund', '/search?q=nothing+is+called+so'] },
  theme: 'only takes a form',
  'types.$type._index': {
    addresses: ['/types/delivery_change', '/types/refund_request', '/types/privacy_request'],
  },
  'types.$type.charts': { addresses: ['/types/refund_request/charts', '/types/refund_request/charts?show=all'] },
  'types.$type.confidence': { addresses: ['/types/refund_request/confidence'] },
  'types.$type.files.$page.$file': 'a file',
  'types.$type.interactions': {
    as: 'analyst',
    addresses: [
      '/types/refund_request/interactions',
      '/types/refund_request/interactions?metric=ai_error_rate&cohort=ai_participated&part=denominator',
    ],
  },
  'types.$type.outcomes': { addresses: ['/types/refund_request/outcomes'] },
  'types.$type.stop': { addresses: ['/types/delivery_change/stop', '/types/password_reset/stop'] },
  'types._index': { addresses: ['/types'] },
}

/** Pages as people meet them who may not see them, or not all of them, and pages of what is not there. */
const refusals: readonly { as: Visitor; address: string }[] = [
  { as: 'leader', address: '/admin' },
  { as: 'leader', address: '/datasets' },
  { as: 'leader', address: `/reviews/${month}/delivery_change` },
  { as: 'leader', address: '/types/delivery_change/stop' },
  { as: 'leader', address: '/types/no_such_type' },
  { as: 'leader', address: '/types/refund_request/interactions?metric=no_such_metric' },
  { as: 'nobody', address: '/no-such-page' },
]

export interface PageAtAddress {
  as: Visitor
  address: Address
  /** The route that must show it; null where it is a refusal. */
  route: string | null
}

/** Every page and state; the name is for people: the path, or where its link stands. */
export const listedPages: readonly (PageAtAddress & { name: string })[] = [
  ...Object.entries(pageRoutes).flatMap(([route, listed]) =>
    typeof listed === 'string'
      ? []
      : listed.addresses.map((address) => ({ as: listed.as ?? ('approver-a' as const), address, route })),
  ),
  ...refusals.map((refusal) => ({ ...refusal, route: null })),
].map((listed) => ({ ...listed, name: `${nameOf(listed.address)} as ${listed.as}` }))

function nameOf(address: Address): string {
  return typeof address === 'string' ? address : `${address.on} > ${address.link}`
}
