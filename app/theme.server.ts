import { createCookie } from '@remix-run/node'
import { z } from 'zod'
import { isHttps } from './session.server.ts'

const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]
export const themeSchema = z.enum(themes)

const yearSeconds = 365 * 24 * 3600

function cookie(request: Request) {
  return createCookie('theme', {
    httpOnly: true,
    path: '/',
    sameSite: 'lax',
    secure: isHttps(request),
    maxAge: yearSeconds,
  })
}

/** The theme this browser asked for; the system's unless it did. */
export async function themeOf(request: Request): Promise<Theme> {
  const parsed = themeSchema.safeParse(await cookie(request).parse(request.headers.get('Cookie')))
  return parsed.success ? parsed.data : 'system'
}

/** The Set-Cookie header that remembers a theme. */
export function rememberTheme(request: Request, theme: Theme): Promise<string> {
  return cookie(request).serialize(theme)
}
