import { createContext, useContext, useState } from 'react'

/** What the server drew of a page (drawPart), as a loader sends it. */
export interface Drawn {
  /** null with a whole document, which holds it already: said twice, it would be most of the page. */
  markup: string | null
}

/** What is drawn in the document that is being answered. Undefined in the browser. */
export const DrawnContext = createContext<string | undefined>(undefined)

/** The markup: as it was sent, else as the document has it. */
export function useDrawn({ markup }: Drawn, elementId: string): string {
  const answered = useContext(DrawnContext)
  const [found] = useState(() =>
    markup === null && answered === undefined ? document.getElementById(elementId)?.innerHTML : answered,
  )
  return markup ?? found ?? ''
}
