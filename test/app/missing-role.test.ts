import { expect, it, onTestFinished } from 'vitest'
import { missingRole } from '#app/missing-role.server.ts'
import { buildWeb } from '#test/build/web.ts'

it('says which role a page needs, which one has, and whom to ask', async () => {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  const said = () => web.request(() => missingRole(['analyst', 'reviewer'], { roles: ['viewer'] }, 'open this'))
  const wanted = 'Only an analyst or a reviewer can open this. Your role: viewer.'
  expect(await said()).toBe(`${wanted} Nobody here is an admin: the operator adds one with "oversight user add".`)
  await web.cookieOf('admin')
  await web.cookieOf('admin', 'operator')
  expect(await said()).toBe(`${wanted} Ask Person 1 or Person 2 for access.`)
})
