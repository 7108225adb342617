import type { ExpressionBuilder, Kysely } from 'kysely'
import { type ContactFilter, fitsFilter } from '../contacts/contact-filter.ts'
import { type LabelledContacts, labelledContacts } from '../contacts/labelled-contacts.ts'
import type { Month } from '../reporting-month.ts'
import type { WarehouseSchema } from '../warehouse/warehouse-schema.ts'
import { bandEnds, type ConfidenceBand, vendorBands } from './confidence-band.ts'

export interface ConfidenceWindow {
  /** Both included. */
  from: Month
  through: Month
  interactionType?: string
  /** Of which contacts; all unless given. */
  contacts?: ContactFilter
}

/** Grain: type x AI version x band x how the band is known. AI-participated contacts only. */
export interface BandCount {
  interactionType: string
  /** 'unknown' where the source does not say. */
  aiVersion: string
  /** null: the source states no confidence. */
  band: ConfidenceBand | null
  /** number: from a stated 0..1. vendor_band: the vendor gives low, medium or high only. */
  stated: 'number' | 'vendor_band' | 'nothing'
  contacts: number
  /** Contacts with a label from a random review, and the wrong ones among them. */
  reviewed: number
  errors: number
}

/** How confident the AI said it was, and how the random reviews of each band came out; by type, version, band. */
export async function listBandCounts(db: Kysely<WarehouseSchema>, window: ConfidenceWindow): Promise<BandCount[]> {
  const rows = await statedContacts(db, await labelledContacts(db, window), window)
    .select(['contacts.interaction_type', 'contacts.ai_version'])
    .select((eb) => [
      bandOf(eb).as('band'),
      eb
        .case()
        .when('interactions.ai_confidence', 'is not', null)
        .then('number')
        .when('interactions.ai_confidence_band', 'is not', null)
        .then('vendor_band')
        .else('nothing')
        .end()
        .as('stated'),
      eb.fn.countAll<number>().as('contacts'),
      eb.fn
        .countAll<number>()
        .filterWhere((filter) => isJudged(filter))
        .as('reviewed'),
      eb.fn
        .countAll<number>()
        .filterWhere((filter) => filter.and([isJudged(filter), filter('contacts.is_error', '=', filter.lit(true))]))
        .as('errors'),
    ])
    .groupBy(['contacts.interaction_type', 'contacts.ai_version', 'band', 'stated'])
    .orderBy('contacts.interaction_type')
    .orderBy('contacts.ai_version')
    .orderBy('band')
    .orderBy('stated')
    .execute()
  return rows.map(({ interaction_type, ai_version, band, stated, ...counts }) => ({
    interactionType: interaction_type,
    aiVersion: ai_version,
    band: band as ConfidenceBand | null,
    stated: stated as BandCount['stated'],
    ...counts,
  }))
}

type Stated = ExpressionBuilder<WarehouseSchema, 'contacts' | 'interactions'>

/** AI-participated contacts of the window beside what the AI said of itself. */
export function statedContacts(
  db: Kysely<WarehouseSchema>,
  labelled: LabelledContacts,
  { from, through, interactionType, contacts }: ConfidenceWindow,
) {
  const query = db
    .selectFrom(labelled.as('contacts') as never as 'contacts')
    .innerJoin('interactions', (join) =>
      join
        .onRef('interactions.source', '=', 'contacts.source')
        .onRef('interactions.interaction_id', '=', 'contacts.interaction_id'),
    )
    .where('contacts.contact_month', '>=', `${from}-01`)
    .where('contacts.contact_month', '<=', `${through}-01`)
    .where((eb) => eb('contacts.is_ai_participated', '=', eb.lit(true)))
    .where((eb) => fitsFilter(eb, 'contacts', contacts))
  return interactionType === undefined ? query : query.where('contacts.interaction_type', '=', interactionType)
}

/** Has a label, and was drawn at random: targeted reviews look where errors are expected. */
export function isJudged(eb: Stated) {
  return eb.and([eb('contacts.is_random_reviewed', '=', eb.lit(true)), eb('contacts.is_error', 'is not', null)])
}

/** The band of a stated number, else the vendor's own; null where the source states neither. */
export function bandOf(eb: Stated) {
  const isVendorBand = (band: keyof typeof vendorBands) => eb('interactions.ai_confidence_band', '=', band)
  return eb
    .case()
    .when('interactions.ai_confidence', '<', bandEnds.from)
    .then('as_the_loop')
    .when('interactions.ai_confidence', '<=', bandEnds.through)
    .then('in_the_loop')
    .when('interactions.ai_confidence', 'is not', null)
    .then('on_the_loop')
    .when(isVendorBand('low'))
    .then(vendorBands.low)
    .when(isVendorBand('medium'))
    .then(vendorBands.medium)
    .when(isVendorBand('high'))
    .then(vendorBands.high)
    .end()
}
