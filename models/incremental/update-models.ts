import type { ContactOptions } from '../contacts/contact-columns.ts'
import type { Watermarks } from '../loaded-through.ts'
import type { Warehouse } from '../warehouse/open-warehouse.ts'
import { dropTemporary } from '../warehouse/temporary-table.ts'
import { findChangedContacts } from './find-changed-contacts.ts'
import { findMaturedContacts } from './find-matured-contacts.ts'
import { updateContactStages } from './update-contact-stages.ts'
import { type TouchedDays, updateDailyCounts } from './update-daily-counts.ts'

/**
 * Brings stages and daily counts up to date with one load: the contacts it changed, those that repeat contact and trust
 * recovery tie to them, and those that matured since. The view `contacts` must be the new one already. Returns the
 * touched days.
 */
export async function updateModels(
  warehouse: Pick<Warehouse, 'db' | 'dialect'>,
  loadId: string,
  contacts: ContactOptions & { watermark: Date },
  observedBefore: NonNullable<Watermarks['observedThrough']>,
): Promise<TouchedDays> {
  const { db } = warehouse
  await findChangedContacts(db, loadId)
  await updateContactStages(warehouse)
  await findMaturedContacts(db, observedBefore, contacts.watermark)
  const touched = await updateDailyCounts(warehouse, contacts)
  for (const table of ['changed_contacts', 'asked_contacts', 'touched_starts']) await dropTemporary(db, table)
  return touched
}
