import { z } from 'zod'

/** The part of the address that says which refused rows are listed. */
export const quarantineFilter = z.object({
  load: z.string().trim().catch(''),
  entity: z.string().trim().catch(''),
  rule: z.string().trim().catch(''),
  field: z.string().trim().catch(''),
  file: z.string().catch(''),
  /** How the summary above the rows is made. */
  by: z.enum(['reason', 'file', 'load']).catch('reason'),
  page: z.coerce.number().int().min(1).catch(1),
})

/** As the model asks for it: what is empty is not asked for. */
export function askedRows({ load, entity, rule, field, file }: z.infer<typeof quarantineFilter>) {
  return {
    loadId: load === '' ? undefined : load,
    entity: entity === '' ? undefined : entity,
    rule: rule === '' ? undefined : rule,
    field: field === '' ? undefined : field,
    sourceFile: file === '' ? undefined : file,
  }
}
