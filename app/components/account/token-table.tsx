import { Form } from '@remix-run/react'
import { formatDay, formatInstant } from '#models/format-metric.ts'
import type { TokenView } from '../../account/token-view.ts'
import { Button } from '../button.tsx'
import { EmptyState } from '../state.tsx'
import { Status, type StatusKind } from '../status.tsx'

const states: Readonly<Record<TokenView['state'], { kind: StatusKind; word: string }>> = {
  valid: { kind: 'pass', word: 'Valid' },
  expired: { kind: 'none', word: 'Expired' },
  revoked: { kind: 'none', word: 'Revoked' },
}

/** The tokens with what each may read, and a button that ends it. */
export function TokenTable({ tokens, timeZone }: { tokens: readonly TokenView[]; timeZone: string }) {
  if (tokens.length === 0) {
    return (
      <EmptyState title="There is no token yet">
        <p>A token lets a script read what you may read, without your password.</p>
      </EmptyState>
    )
  }
  return (
    <table className="register">
      <caption className="hidden">Tokens, newest first</caption>
      <thead>
        <tr>
          <th scope="col">Name</th>
          <th scope="col">State</th>
          <th scope="col">May read</th>
          <th scope="col">Valid until</th>
          <th scope="col">Last used</th>
          <th scope="col">End it</th>
        </tr>
      </thead>
      <tbody>
        {tokens.map((token) => (
          <tr key={token.id}>
            <th scope="row">
              {token.name}
              {token.isMachines ? <small className="quiet"> of a machine</small> : null}
            </th>
            <td data-label="State">
              <Status {...states[token.state]} />
            </td>
            <td data-label="May read" className="mono">
              {token.scopes.join(' ')}
            </td>
            <td data-label="Valid until" className="nowrap">
              {formatDay(token.expiresAt, timeZone)}
            </td>
            <td data-label="Last used" className="nowrap">
              {token.lastUsedAt === null ? 'Never' : formatInstant(token.lastUsedAt, timeZone)}
            </td>
            <td>
              {token.state === 'valid' ? (
                <Form method="post">
                  <input type="hidden" name="revoke" value={token.id} />
                  <Button size="small" aria-label={`Revoke ${token.name}`}>
                    Revoke
                  </Button>
                </Form>
              ) : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
