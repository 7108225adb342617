import { expect, it } from 'vitest'
import { scopeSearch } from '#app/evidence/filter/scope-search.ts'

it('carries month, comparison and filter to the next page, and nothing that one page alone knows', () => {
  const address = 'view=heat&month=2026-09&page=3&compare=year&channel=chat&customers=vip&version=4.2&area=orders&x=1'
  expect(String(scopeSearch(new URLSearchParams(address)))).toBe(
    'month=2026-09&compare=year&channel=chat&customers=vip&version=4.2&area=orders',
  )
})
