import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { setUserDisabled } from '#governance/accounts/set-user-disabled.ts'
import type { User } from '#governance/accounts/user.ts'
import { listAuditEvents } from '#governance/audit/list-audit-events.ts'
import { verifyTrail } from '#governance/audit/verify-trail.ts'
import { deleteView } from '#governance/views/delete-view.ts'
import { listViews } from '#governance/views/list-views.ts'
import { renameView } from '#governance/views/rename-view.ts'
import { mostViews, saveView } from '#governance/views/save-view.ts'
import { addUser, type BuiltLedger, buildLedger } from '#test/build/ledger.ts'

let at: BuiltLedger
let leader: User
let other: User

beforeAll(async () => {
  at = await buildLedger()
  leader = await addUser(at, 'Lea Der', 'viewer')
  other = await addUser(at, 'Otto Other', 'approver')
})
afterAll(() => at.remove())

const save = (name: string, search = '', by = leader.id) => saveView(at.ledger, { name, search, by }, at.clock())
const namesOf = async (user: User) => (await listViews(at.ledger, { userId: user.id })).map(({ name }) => name)

describe('a saved view', () => {
  it('keeps its address under a name, for its person alone', async () => {
    await save(' VIP chat ', 'channel=chat&customers=vip')
    await save('All')
    const views = await listViews(at.ledger, { userId: leader.id })
    expect(views.map(({ name, search }) => [name, search])).toEqual([
      ['All', ''],
      ['VIP chat', 'channel=chat&customers=vip'],
    ])
    expect(await namesOf(other)).toEqual([])
  })

  it('has a name of its own; another person may use it too', async () => {
    await save('Mondays')
    await expect(save('Mondays', 'view=heat')).rejects.toMatchObject({ code: 'conflict', message: /"Mondays" already/ })
    await save('Mondays', '', other.id)
  })

  it.each(['', '   ', 'x'.repeat(61), 'turned\u202eround'])('is not called %j', async (name) => {
    await expect(save(name)).rejects.toMatchObject({ code: 'bad_input' })
  })

  it('is renamed, to itself too, and not to another of the list', async () => {
    const { id } = await save('Weekly')
    const rename = (name: string, by = leader.id) => renameView(at.ledger, { viewId: id, name, by })
    await rename('Weekly')
    await rename('Weekly look')
    expect(await namesOf(leader)).toContain('Weekly look')
    await expect(rename('Mondays')).rejects.toMatchObject({ code: 'conflict' })
    await expect(rename('Mine now', other.id)).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is deleted by its person alone, once', async () => {
    const { id } = await save('Short-lived')
    await expect(deleteView(at.ledger, { viewId: id, by: other.id })).rejects.toMatchObject({ code: 'not_found' })
    expect(await namesOf(leader)).toContain('Short-lived')
    await deleteView(at.ledger, { viewId: id, by: leader.id })
    expect(await namesOf(leader)).not.toContain('Short-lived')
    await expect(deleteView(at.ledger, { viewId: id, by: leader.id })).rejects.toMatchObject({ code: 'not_found' })
  })

  it('is a preference: the trail says nothing of it and verifies', async () => {
    const before = (await listAuditEvents(at.ledger, { page: 1, pageSize: 1 })).events[0]
    const { id } = await save('Unseen')
    await renameView(at.ledger, { viewId: id, name: 'Unseen again', by: leader.id })
    await deleteView(at.ledger, { viewId: id, by: leader.id })
    expect((await listAuditEvents(at.ledger, { page: 1, pageSize: 1 })).events[0]).toEqual(before)
    expect((await verifyTrail(at.ledger)).ok).toBe(true)
  })

  it(`is one of ${mostViews} at most`, async () => {
    const collector = await addUser(at, 'Col Lector', 'viewer')
    for (let index = 0; index < mostViews; index += 1) await save(`view ${index}`, '', collector.id)
    await expect(save('one more', '', collector.id)).rejects.toMatchObject({ code: 'conflict', message: /Delete one/ })
  })

  it('is not saved for a closed account', async () => {
    const [gone, admin] = [await addUser(at, 'Gone', 'viewer'), await addUser(at, 'Ada', 'admin')]
    await setUserDisabled(at.ledger, { userId: gone.id, isDisabled: true, by: admin.id }, at.clock())
    await expect(save('late', '', gone.id)).rejects.toMatchObject({ code: 'unauthenticated' })
  })
})
