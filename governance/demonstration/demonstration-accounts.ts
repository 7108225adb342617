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
  /** What this account is for, on the sign-in page. */
  purpose: string
}

export const demonstrationAccounts = [
  {
    email: 'approver-a@demo.invalid',
    name: 'Approver A',
    roles: ['approver'],
    purpose: 'Opens reviews, votes and signs',
  },
  {
    email: 'approver-b@demo.invalid',
    name: 'Approver B',
    roles: ['approver'],
    purpose: 'The second signature that expanding needs',
  },
  {
    email: 'approver-c@demo.invalid',
    name: 'Approver C',
    roles: ['approver'],
    purpose: 'Owns refunds and billing, may not sign for them',
  },
  {
    email: 'leader@demo.invalid',
    name: 'Support leader',
    roles: ['viewer'],
    purpose: 'Owns most types: reads the pages, may stop what it owns',
  },
  { email: 'analyst@demo.invalid', name: 'Analyst', roles: ['analyst'], purpose: 'Exports data' },
  { email: 'reviewer@demo.invalid', name: 'QA reviewer', roles: ['reviewer'], purpose: 'Proposes decisions' },
  { email: 'operator@demo.invalid', name: 'Operator', roles: ['operator'], purpose: 'Loads data' },
  { email: 'auditor@demo.invalid', name: 'Auditor', roles: ['auditor'], purpose: 'Verifies the audit trail' },
  { email: 'admin@demo.invalid', name: 'Administrator', roles: ['admin'], purpose: 'Manages people, may not sign' },
] as const satisfies readonly DemonstrationAccount[]

export type DemonstrationEmail = (typeof demonstrationAccounts)[number]['email']
