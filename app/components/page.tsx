import type { ReactNode } from 'react'
import { type Drawn, useDrawn } from '../drawn.ts'

interface PageProps {
  /** A row of filter chips between the bar and the page; see Chips. */
  chips?: ReactNode
  children: ReactNode
}

const main = { className: 'page', id: 'main', tabIndex: -1 }

/** The content of a page inside the frame: the main landmark that the skip link leads to. */
export function Page({ chips, children }: PageProps) {
  return (
    <>
      {chips}
      <main {...main}>{children}</main>
    </>
  )
}

/** The same, with content that the server drew once for everybody. */
export function DrawnPage({ chips, drawn }: { chips: ReactNode; drawn: Drawn }) {
  const markup = useDrawn(drawn, main.id)
  return (
    <>
      {chips}
      {/* biome-ignore lint/security/noDangerouslySetInnerHtml: made by React on the server from escaped text. */}
      <main {...main} dangerouslySetInnerHTML={{ __html: markup }} />
    </>
  )
}
