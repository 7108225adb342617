import type { Role } from '#governance/accounts/roles.ts'

/** What each role may do, after "This role ..." */
export const roleMeanings: Readonly<Record<Role, string>> = {
  viewer: 'reads evidence, reviews and the audit trail',
  analyst: 'reads evidence and reviews, exports data',
  reviewer: 'opens reviews and proposes decisions',
  approver: 'registers types, opens reviews, proposes, votes and signs',
  operator: 'loads data and opens reviews',
  auditor: 'reads everything and verifies the audit trail',
  admin: 'manages people and the registry; may not sign decisions',
}
