import { createContext, useContext } from 'react'

/** The nonce of this response's content security policy. Undefined in the browser, which hides it. */
export const NonceContext = createContext<string | undefined>(undefined)

export function useNonce(): string | undefined {
  return useContext(NonceContext)
}
