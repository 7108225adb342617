/** Headers of every response; the policy of scripts is made per page, as it carries a nonce. */
export function securityHeaders(options: { isHttps: boolean }): Record<string, string> {
  return {
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    // "no-referrer" would turn the Origin of our own forms into null.
    'Referrer-Policy': 'same-origin',
    'Cross-Origin-Opener-Policy': 'same-origin',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Permissions-Policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=()',
    ...(options.isHttps ? { 'Strict-Transport-Security': 'max-age=31536000; includeSubDomains' } : {}),
  }
}

/** Content security policy of a page: only our own files, and inline scripts only with this nonce. */
export function contentSecurityPolicy(nonce: string, options: { isDevelopment: boolean }): string {
  const directives: [string, ...string[]][] = [
    ['default-src', "'self'"],
    ['script-src', "'self'", `'nonce-${nonce}'`],
    ['object-src', "'none'"],
    ['base-uri', "'none'"],
    ['form-action', "'self'"],
    ['frame-ancestors', "'none'"],
    // Vite puts the styles of a page being edited inline and reports changes over a web socket.
    options.isDevelopment ? ['style-src', "'self'", "'unsafe-inline'"] : ['style-src', "'self'"],
    // Style attributes come with server-rendered charts.
    ['style-src-attr', "'unsafe-inline'"],
    ['img-src', "'self'", 'data:', 'blob:'],
    ...(options.isDevelopment ? [['connect-src', "'self'", 'ws:'] as [string, ...string[]]] : []),
  ]
  return directives.map((directive) => directive.join(' ')).join('; ')
}
