import { expect, it, onTestFinished } from 'vitest'
import { missingRole } from '#app/missing-role.server.ts'
import { buildWeb } from '#test/build/web.ts'

it('says which role a page needs, what it is for, and who can give it', async () => {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  const said = () => web.request(() => missingRole(['analyst', 'auditor'], { roles: ['viewer'] }))
  const wanted =
    'This needs one of these roles: analyst (reads evidence and reviews, exports data), auditor (reads everything and verifies the audit trail). You are viewer.'
  expect(await said()).toBe(`${wanted} Nobody here is an admin: the operator adds one with "oversight user add".`)
  await web.cookieOf('admin')
  await web.cookieOf('admin', 'operator')
  expect(await said()).toBe(`${wanted} Person 1 or Person 2 can give you one.`)
})
