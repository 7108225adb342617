import { Link, useLocation, useNavigate } from '@remix-run/react'
import { type MouseEvent, useEffect, useRef, useState } from 'react'
import type { Destination } from '../../search/destination.ts'
import { Icon } from '../icon.tsx'
import { PaletteList } from './palette-list.tsx'

interface CommandPaletteProps {
  /** The month shown, which is kept. */
  month: string | undefined
  /** Where the present page is in another month; undefined on a page that shows none. */
  hrefOfMonth: ((month: string) => string) | undefined
}

/**
 * Ctrl or Cmd and K: type a few letters of where to go. The list is read when it opens. Without JavaScript, and when the
 * list cannot be read, the page /search does the same and says why.
 */
export function CommandPalette({ month, hrefOfMonth }: CommandPaletteProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  const [isOpen, setIsOpen] = useState(false)
  const [destinations, setDestinations] = useState<readonly Destination[] | null>(null)
  const navigate = useNavigate()
  const focusMainAfterJump = useFocusOfNextPage()
  const search = month === undefined ? '' : `?month=${month}`

  const open = async (): Promise<void> => {
    setIsOpen(true)
    setDestinations(null)
    const read = await readDestinations(`/search.json${search}`)
    if (read === null) window.location.assign(`/search${search}`)
    else setDestinations(read)
  }
  const openNow = useRef(open)
  openNow.current = open

  useEffect(() => {
    if (isOpen && !dialog.current?.open) dialog.current?.showModal()
  }, [isOpen])

  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const isPlain = !event.shiftKey && !event.altKey && (event.ctrlKey || event.metaKey)
      if (!isPlain || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (dialog.current?.open) dialog.current.close()
      else void openNow.current()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [])

  const onLink = (event: MouseEvent): void => {
    // A new tab or window gets the page.
    if (event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || event.button !== 0) return
    event.preventDefault()
    void open()
  }
  const jump = (destination: Destination): void => {
    dialog.current?.close()
    focusMainAfterJump()
    const keptPage = destination.month === null ? undefined : hrefOfMonth?.(destination.month)
    navigate(keptPage ?? destination.href)
  }
  const closeOutside = (event: MouseEvent): void => {
    if (event.target === dialog.current) dialog.current.close()
  }

  return (
    <>
      <Link
        to={`/search${search}`}
        className="go-to"
        onClick={onLink}
        aria-haspopup="dialog"
        aria-keyshortcuts="Control+K Meta+K"
      >
        <Icon name="search" />
        <span className="word">Go to</span>
        <kbd>Ctrl K</kbd>
      </Link>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a click beside it closes it; keys have Escape, which dialogs know themselves. */}
      <dialog
        ref={dialog}
        className="palette"
        aria-label="Go to"
        onClick={closeOutside}
        onClose={() => setIsOpen(false)}
      >
        {isOpen ? <PaletteList destinations={destinations} onChoose={jump} /> : null}
      </dialog>
    </>
  )
}

/** null when the server did not answer with the list, as after the end of a session. */
async function readDestinations(href: string): Promise<Destination[] | null> {
  try {
    const answer = await fetch(href, { headers: { Accept: 'application/json' } })
    const isList = answer.ok && answer.headers.get('Content-Type')?.startsWith('application/json')
    return isList ? ((await answer.json()) as Destination[]) : null
  } catch {
    return null
  }
}

/** Call it before a jump: keyboard and screen reader then go on at the content of the page that comes, not at its top. */
function useFocusOfNextPage(): () => void {
  const { key } = useLocation()
  const jumpedFrom = useRef<string | null>(null)
  useEffect(() => {
    if (jumpedFrom.current === null || jumpedFrom.current === key) return
    jumpedFrom.current = null
    document.getElementById('main')?.focus()
  }, [key])
  return () => {
    jumpedFrom.current = key
  }
}
