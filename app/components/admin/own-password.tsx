import { TextField } from '../field.tsx'

/** The admin's own password, given again with every change. `id` tells several of a page apart. */
export function OwnPassword({ id, error }: { id: string; error: string | undefined }) {
  return (
    <TextField
      id={`own-password-${id}`}
      label="Your own password"
      name="password"
      type="password"
      autoComplete="current-password"
      error={error}
      required
    />
  )
}
