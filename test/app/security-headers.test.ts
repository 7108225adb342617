import { describe, expect, it } from 'vitest'
import { contentSecurityPolicy, securityHeaders } from '#app/security-headers.server.ts'

const directives = (policy: string): Map<string, string> =>
  new Map(
    policy.split('; ').map((directive) => [directive.split(' ')[0] ?? '', directive.split(' ').slice(1).join(' ')]),
  )

describe('the content security policy of a page', () => {
  it('allows our own files, scripts with the nonce of this response, and nothing else', () => {
    const policy = directives(contentSecurityPolicy('abc', { isDevelopment: false }))
    expect(Object.fromEntries(policy)).toEqual({
      'default-src': "'self'",
      'script-src': "'self' 'nonce-abc'",
      'object-src': "'none'",
      'base-uri': "'none'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
      'style-src': "'self'",
      'style-src-attr': "'unsafe-inline'",
      'img-src': "'self' data: blob:",
    })
  })

  it('loosens only styles and connections while pages are being edited', () => {
    const production = directives(contentSecurityPolicy('abc', { isDevelopment: false }))
    const development = directives(contentSecurityPolicy('abc', { isDevelopment: true }))
    const differing = [...development.keys()].filter((name) => development.get(name) !== production.get(name))
    expect(differing.sort()).toEqual(['connect-src', 'style-src'])
  })
})

describe('the headers of every response', () => {
  it('keep browsers from guessing types, framing, and telling other sites where one was', () => {
    expect(securityHeaders({ isHttps: false })).toMatchObject({
      'X-Content-Type-Options': 'nosniff',
      'X-Frame-Options': 'DENY',
      'Referrer-Policy': 'same-origin',
      'Cross-Origin-Opener-Policy': 'same-origin',
    })
  })

  it('bind browsers to https for a year, where it is https', () => {
    expect(securityHeaders({ isHttps: true })['Strict-Transport-Security']).toBe('max-age=31536000; includeSubDomains')
    expect(securityHeaders({ isHttps: false })).not.toHaveProperty('Strict-Transport-Security')
  })
})
