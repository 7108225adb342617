/** Somewhere to jump to. */
export interface Destination {
  kind: 'page' | 'type' | 'review' | 'month'
  name: string
  /** What else it is found by, shown beside the name. */
  note: string
  href: string
  /** Of a month: which, so that a page that shows one can stay and only change its month. */
  month: string | null
}

/** Headings of a list by kind, in this order. */
export const destinationKinds: readonly { kind: Destination['kind']; title: string }[] = [
  { kind: 'page', title: 'Pages' },
  { kind: 'type', title: 'Interaction types' },
  { kind: 'review', title: 'Reviews' },
  { kind: 'month', title: 'Months' },
]
