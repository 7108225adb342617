import { useLocation } from '@remix-run/react'
import { useEffect } from 'react'

/**
 * After a form was sent the focus goes where one reads on: to the first thing that is wrong, to what was done, or to the
 * next failed contact to open. Without it keyboard and screen reader would start again at the top of the page.
 *
 * @param done which form succeeded, from the address; null when none was sent
 * @param answer what a refused form got back; undefined when none was refused
 */
export function useFocusOfResult(done: string | null, answer: unknown): void {
  const { key } = useLocation()
  useEffect(() => {
    const main = document.getElementById('main')
    const first = (selector: string) => main?.querySelector<HTMLElement>(selector)
    if (answer !== undefined) {
      first('[aria-invalid="true"], .field-error, .notice.fail')?.focus()
    } else if (done === 'open-case') {
      const next = first('.cases button') ?? first('.sign input[type="radio"]:enabled')
      next?.focus()
    } else if (done !== null && key !== '') {
      first('.notice.pass')?.focus()
    }
  }, [done, answer, key])
}
