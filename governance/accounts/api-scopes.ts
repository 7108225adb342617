import { z } from 'zod'
import type { Role } from './roles.ts'

/** What a token may read. There is none to write: whoever decides signs in. */
export const apiScopes = [
  'audit:read',
  'autonomy:read',
  'datasets:read',
  'decisions:read',
  'metrics:read',
  'reviews:read',
] as const
export type ApiScope = (typeof apiScopes)[number]

/** Sorted and without repeats, so that the same set is always stored and hashed the same. */
export const apiScopesSchema = z
  .array(z.enum(apiScopes))
  .min(1, 'Choose what the token may read.')
  .transform((scopes) => [...new Set(scopes)].sort())

/** Who may hold a token that reads it; taking data away by script asks for the role that may take it away by click. */
const rolesOfScope: Readonly<Record<ApiScope, readonly Role[]>> = {
  'audit:read': ['auditor'],
  'autonomy:read': ['analyst', 'auditor', 'admin'],
  'datasets:read': ['analyst', 'auditor'],
  'decisions:read': ['analyst', 'auditor'],
  'metrics:read': ['analyst', 'auditor'],
  'reviews:read': ['analyst', 'auditor'],
}

/** What a machine may read that acts for nobody: counts and levels, no names of people and no rows. */
export const machineScopes = ['autonomy:read', 'metrics:read'] as const satisfies readonly ApiScope[]

/** The scopes that somebody with these roles may give a token of their own. */
export function scopesOf(roles: readonly Role[]): ApiScope[] {
  return apiScopes.filter((scope) => rolesOfScope[scope].some((role) => roles.includes(role)))
}
