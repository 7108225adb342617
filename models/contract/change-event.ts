import { z } from 'zod'
import { flag, instant, oneOf, text } from './field.ts'

/** Grain: one change that can explain a break in a series. Natural key (source, change_id). */
export const changeEvent = z.object({
  source: text('System the change comes from'),
  change_id: text('Identifier of the change in that system'),
  updated_at: instant('When the source last changed the record; the later version wins').nullish(),
  is_deleted: flag('Tombstone: the source removed the record').nullish(),
  changed_at: instant('When it took effect'),
  kind: oneOf(['model', 'prompt', 'knowledge', 'policy', 'routing', 'vendor_definition'], 'What changed'),
  interaction_type: text('Type concerned; absent means all').nullish(),
  summary: text('What changed, in a few words').nullish(),
})
