import { readdirSync } from 'node:fs'
import { expect, it } from 'vitest'
import { isFile, pageRoutes } from './page-list.ts'

it('every route has addresses at which its page is looked at, or a reason why there is none', () => {
  const routes = readdirSync('app/routes').map((file) => file.replace(/\.tsx?$/, ''))
  expect(Object.keys(pageRoutes).sort()).toEqual(routes.filter((route) => !isFile(route)).sort())
})
