import type { UsersTable } from '../ledger/ledger-schema.ts'
import { type Role, rolesSchema } from './roles.ts'

/** A person as everybody but the sign-in may see them. */
export interface User {
  id: string
  email: string
  name: string
  roles: readonly Role[]
  isDemonstration: boolean
  isDisabled: boolean
  createdAt: Date
}

export function toUser(row: UsersTable): User {
  return {
    id: row.user_id,
    email: row.email,
    name: row.name,
    roles: rolesSchema.parse(JSON.parse(row.roles)),
    isDemonstration: row.is_demonstration === 1,
    isDisabled: row.is_disabled === 1,
    createdAt: new Date(row.created_at),
  }
}
