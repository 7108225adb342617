import { useNavigate } from '@remix-run/react'
import { useEffect } from 'react'

/** Where scripts run, plain clicks on a PageLink anywhere in the document are followed as the router follows its own links. */
export function usePageLinks(): void {
  const navigate = useNavigate()
  useEffect(() => {
    function follow(event: MouseEvent): void {
      const isPlain = event.button === 0 && !(event.metaKey || event.ctrlKey || event.shiftKey || event.altKey)
      if (event.defaultPrevented || !isPlain) return
      // Marks of charts are links inside drawings, whose href is an object.
      const link = (event.target as Element).closest('a[data-page-link]')
      const href = link?.getAttribute('href')
      if (link == null || href == null || href.startsWith('#')) return
      event.preventDefault()
      navigate(href, { preventScrollReset: link.getAttribute('data-page-link') === 'scroll-kept' })
    }
    document.addEventListener('click', follow)
    return () => document.removeEventListener('click', follow)
  }, [navigate])
}
