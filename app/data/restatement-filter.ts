import { z } from 'zod'

/** The part of the address that says which restatements are listed. */
export const restatementFilter = z.object({
  type: z.string().trim().catch(''),
  load: z.string().trim().catch(''),
  page: z.coerce.number().int().min(1).catch(1),
})

/** As the model asks for it: what is empty is not asked for. */
export function askedRestatements({ type, load }: z.infer<typeof restatementFilter>) {
  return { ...(type === '' ? {} : { interactionType: type }), ...(load === '' ? {} : { loadId: load }) }
}
