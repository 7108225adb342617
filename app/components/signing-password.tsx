import { TextField } from './field.tsx'

/** The signer's password, given again with every signature. */
export function SigningPassword({ error }: { error: string | undefined }) {
  return (
    <div className="gap">
      <TextField
        label="Password"
        name="password"
        type="password"
        autoComplete="current-password"
        error={error}
        required
      />
    </div>
  )
}
