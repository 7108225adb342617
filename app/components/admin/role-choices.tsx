import type { Role } from '#governance/accounts/roles.ts'
import { roleMeanings } from '../../admin/role-meanings.ts'
import { FieldError } from '../field.tsx'

interface RoleChoicesProps {
  held: readonly string[]
  error: string | undefined
}

/** One box per role, with what it may do. */
export function RoleChoices({ held, error }: RoleChoicesProps) {
  return (
    <fieldset aria-describedby={error === undefined ? undefined : 'roles-error'}>
      <legend>Roles</legend>
      {(Object.keys(roleMeanings) as Role[]).map((role) => (
        <div className="choice" key={role}>
          <input
            type="checkbox"
            id={`role-${role}`}
            name="roles"
            value={role}
            defaultChecked={held.includes(role)}
            aria-describedby={`role-${role}-note`}
          />
          <label htmlFor={`role-${role}`}>
            {role}
            <small id={`role-${role}-note`}>This role {roleMeanings[role]}.</small>
          </label>
        </div>
      ))}
      <FieldError id="roles-error" message={error} />
    </fieldset>
  )
}
