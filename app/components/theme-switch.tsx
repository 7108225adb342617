import { Form, useLocation } from '@remix-run/react'
import { Icon } from './icon.tsx'

const choices = [
  { value: 'system', text: 'As the system' },
  { value: 'light', text: 'Light' },
  { value: 'dark', text: 'Dark' },
] as const

/** A plain form: the choice goes into a cookie and the page comes back in it, with or without JavaScript. */
export function ThemeSwitch({ theme }: { theme: (typeof choices)[number]['value'] }) {
  const { pathname, search } = useLocation()
  return (
    <details className="menu end">
      <summary className="icon-button" aria-label="Light or dark">
        <Icon name="theme" />
      </summary>
      <Form method="post" action="/theme" className="panel" preventScrollReset>
        <input type="hidden" name="to" value={pathname + search} />
        {choices.map((choice) => (
          <button
            key={choice.value}
            type="submit"
            name="theme"
            value={choice.value}
            aria-pressed={choice.value === theme}
          >
            {choice.text}
          </button>
        ))}
      </Form>
    </details>
  )
}
