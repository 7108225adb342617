import type { Role } from '../accounts/roles.ts'

/**
 * The people of a demonstration home, one per role. They are refused wherever the home is no demonstration, so one
 * password that everybody knows is no risk.
 */
export const demonstrationPassword = 'demonstration only'

export interface DemonstrationAccount {
  email: string
  name: string
  roles: readonly Role[]
  /** What to try with it, for the hints at the sign-in. */
  hint: string
}

export const demonstrationAccounts = [
  { email: 'leader@demo.invalid', name: 'Support leader', roles: ['viewer'], hint: 'reads everything' },
  {
    email: 'approver-a@demo.invalid',
    name: 'Approver A',
    roles: ['approver'],
    hint: 'opens reviews, votes and signs',
  },
  { email: 'approver-b@demo.invalid', name: 'Approver B', roles: ['approver'], hint: 'the second signature' },
  { email: 'approver-c@demo.invalid', name: 'Approver C', roles: ['approver'], hint: 'the third' },
  { email: 'analyst@demo.invalid', name: 'Analyst', roles: ['analyst'], hint: 'exports the numbers' },
  { email: 'reviewer@demo.invalid', name: 'QA reviewer', roles: ['reviewer'], hint: 'proposes' },
  { email: 'operator@demo.invalid', name: 'Operator', roles: ['operator'], hint: 'loads data' },
  { email: 'auditor@demo.invalid', name: 'Auditor', roles: ['auditor'], hint: 'verifies the trail' },
  { email: 'admin@demo.invalid', name: 'Administrator', roles: ['admin'], hint: 'adds people, cannot vote' },
] as const satisfies readonly DemonstrationAccount[]

export type DemonstrationEmail = (typeof demonstrationAccounts)[number]['email']
