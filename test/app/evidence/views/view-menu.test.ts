import { describe, expect, it } from 'vitest'
import { viewMenu } from '#app/evidence/views/view-menu.ts'
import { viewSearch, viewWords } from '#app/evidence/views/view-search.ts'

const searchOf = (text: string) => viewSearch(new URLSearchParams(text))

describe('what is kept of an address', () => {
  it('is what the overview understands, in one order', () => {
    expect(searchOf('view=heat&customers=vip&channel=chat&compare=year&month=2026-09')).toBe(
      searchOf('month=2026-09&compare=year&channel=chat&customers=vip&view=heat'),
    )
    expect(searchOf('channel=chat&page=3&next=//elsewhere.example&view=cards&compare=never')).toBe('channel=chat')
    expect(searchOf('compare=previous&channel=&month=')).toBe('')
  })

  it('is refused where the overview would refuse it', () => {
    expect(() => searchOf('customers=everybody')).toThrow(/customers/)
    expect(() => searchOf('month=2026-13')).toThrow(/2026-13/)
  })

  it('is said in words', () => {
    expect(viewWords('')).toBe('newest final month, all contacts, against the month before')
    expect(viewWords('month=2026-09&compare=year&channel=chat&customers=vip&view=heat')).toBe(
      'September 2026, chat, VIP customers, against the same month last year, heat table',
    )
  })
})

describe('the menu of views', () => {
  const views = [
    { id: 'a', name: 'All', search: '' },
    { id: 'b', name: 'Chat in September', search: 'month=2026-09&channel=chat' },
  ]

  it('marks the one that is looked at, whatever the order of its address', () => {
    const menu = viewMenu(views, new URLSearchParams('channel=chat&month=2026-09'), '2026-09')
    expect(menu.views.map(({ href, isCurrent }) => [href, isCurrent])).toEqual([
      ['/overview', false],
      ['/overview?month=2026-09&channel=chat', true],
    ])
  })

  it('offers the address without its month, so that the newest can be kept', () => {
    expect(viewMenu([], new URLSearchParams('channel=chat&month=2026-09'), '2026-09')).toEqual({
      views: [],
      search: 'channel=chat',
      month: '2026-09',
    })
  })
})
