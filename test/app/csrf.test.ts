import { describe, expect, it } from 'vitest'
import { mayChangeState, type RequestOrigin } from '#app/csrf.server.ts'

const post = (change: Partial<RequestOrigin>): RequestOrigin => ({
  method: 'POST',
  secFetchSite: undefined,
  origin: undefined,
  host: 'oversight.example.org',
  ...change,
})

describe('where a change of state may come from', () => {
  it('lets every read through, wherever it comes from', () => {
    for (const method of ['GET', 'HEAD', 'OPTIONS', 'get']) {
      expect(mayChangeState(post({ method, secFetchSite: 'cross-site' }))).toBe(true)
    }
  })

  it('believes the browser: our own pages and the address bar, nothing else', () => {
    expect(mayChangeState(post({ secFetchSite: 'same-origin' }))).toBe(true)
    expect(mayChangeState(post({ secFetchSite: 'none' }))).toBe(true)
    for (const secFetchSite of ['cross-site', 'same-site', '', 'SAME-ORIGIN']) {
      expect(mayChangeState(post({ secFetchSite, origin: 'https://oversight.example.org' }))).toBe(false)
    }
  })

  it('asks for our origin where the browser says nothing', () => {
    expect(mayChangeState(post({ origin: 'https://oversight.example.org' }))).toBe(true)
    expect(mayChangeState(post({ origin: 'https://evil.example' }))).toBe(false)
    expect(mayChangeState(post({ origin: 'https://oversight.example.org.evil.example' }))).toBe(false)
    expect(mayChangeState(post({ origin: 'https://oversight.example.org:8443' }))).toBe(false)
    expect(mayChangeState(post({ origin: 'null' }))).toBe(false)
  })

  it('refuses a change that says nothing of where it comes from', () => {
    for (const method of ['POST', 'PUT', 'PATCH', 'DELETE']) expect(mayChangeState(post({ method }))).toBe(false)
    expect(mayChangeState(post({ origin: 'https://oversight.example.org', host: undefined }))).toBe(false)
  })

  it('compares with the public address where a proxy stands before the server', () => {
    const publicUrl = new URL('https://oversight.example.org')
    const behind = { host: '10.0.0.5:3000' }
    expect(mayChangeState(post({ ...behind, origin: 'https://oversight.example.org' }), publicUrl)).toBe(true)
    expect(mayChangeState(post({ ...behind, origin: 'http://oversight.example.org' }), publicUrl)).toBe(false)
    expect(mayChangeState(post({ ...behind, origin: 'http://10.0.0.5:3000' }), publicUrl)).toBe(false)
  })
})
