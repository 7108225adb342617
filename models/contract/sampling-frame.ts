import { z } from 'zod'
import { count, flag, instant, monthText, nameText, text } from './field.ts'

/**
 * Grain: one stratum from which the random reviews of a type and month were drawn. Natural key (source, month,
 * interaction_type, stratum), which `frame_id` joins with slashes.
 */
export const samplingFrame = z.object({
  source: text('System the reviews come from'),
  frame_id: text('month/interaction_type/stratum'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the record').nullish(),
  month: monthText('Month in which the contacts of the frame started'),
  interaction_type: nameText('Kind of contact that was drawn from'),
  stratum: text('Sampling stratum, as the reviews name it'),
  population: count('Contacts in the stratum when it was frozen'),
  drawn: count('Contacts drawn for review'),
  seed: text('Seed of the draw, so that it can be repeated').nullish(),
})
