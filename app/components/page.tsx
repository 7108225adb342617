import type { ReactNode } from 'react'

interface PageProps {
  /** A row of filter chips between the bar and the page; see Chips. */
  chips?: ReactNode
  children: ReactNode
}

/** The content of a page inside the frame: the main landmark that the skip link leads to. */
export function Page({ chips, children }: PageProps) {
  return (
    <>
      {chips}
      <main className="page" id="main" tabIndex={-1}>
        {children}
      </main>
    </>
  )
}
