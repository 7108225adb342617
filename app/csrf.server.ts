/** What of a request decides whether it may change anything. */
export interface RequestOrigin {
  method: string
  secFetchSite: string | undefined
  origin: string | undefined
  /** Host header, with its port. */
  host: string | undefined
}

const safeMethods = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Whether a request that changes state comes from our own pages. Browsers say so in Sec-Fetch-Site; those that do not
 * (old ones, and plain http away from localhost) must send an Origin that is our host. Neither of both: refused.
 */
export function mayChangeState(request: RequestOrigin, publicUrl?: URL): boolean {
  if (safeMethods.has(request.method.toUpperCase())) return true
  if (request.secFetchSite !== undefined)
    return request.secFetchSite === 'same-origin' || request.secFetchSite === 'none'
  if (request.origin === undefined || !URL.canParse(request.origin)) return false
  const origin = new URL(request.origin)
  if (publicUrl !== undefined) return origin.origin === publicUrl.origin
  return request.host !== undefined && origin.host === request.host
}
