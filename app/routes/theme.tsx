import { redirect } from '@remix-run/node'
import { localPath, open } from '../access.server.ts'
import { rememberTheme, themeSchema } from '../theme.server.ts'

export const loader = open(async () => redirect('/'))

export const action = open(async ({ request }) => {
  const form = await request.formData()
  const theme = themeSchema.catch('system').parse(form.get('theme'))
  const to = form.get('to')
  return redirect(localPath(typeof to === 'string' ? to : null), {
    headers: { 'Set-Cookie': await rememberTheme(request, theme) },
  })
})
