import { z } from 'zod'

/** What a person may do; several may be held at once, except admin together with approver. */
export const roles = ['viewer', 'analyst', 'reviewer', 'approver', 'operator', 'auditor', 'admin'] as const
export type Role = (typeof roles)[number]

/** Sorted and without repeats, so that the same set is always stored and hashed the same. */
export const rolesSchema = z
  .array(z.enum(roles))
  .min(1, 'A person needs at least one role.')
  .refine((held) => !(held.includes('admin') && held.includes('approver')), {
    message: 'One person may not be admin and approver: whoever gives out rights may not sign decisions.',
  })
  .transform((held) => [...new Set(held)].sort())
