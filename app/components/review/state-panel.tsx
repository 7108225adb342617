import { Link } from '@remix-run/react'
import type { ReactNode } from 'react'

interface StatePanelProps {
  title: string
  children: ReactNode
  facts?: readonly { term: string; text: ReactNode }[]
  receiptHref?: string | null
}

/** Where the signature panel would be, when there is nothing (more) to sign: what was decided, or who may. */
export function StatePanel({ title, children, facts = [], receiptHref = null }: StatePanelProps) {
  return (
    <section className="sign" aria-labelledby="panel">
      <div>
        <h2 id="panel">{title}</h2>
        <div className="soft">{children}</div>
      </div>
      {facts.length === 0 ? null : (
        <div>
          <dl className="facts">
            {facts.map((fact) => (
              <div key={fact.term}>
                <dt>{fact.term}</dt>
                <dd>{fact.text}</dd>
              </div>
            ))}
          </dl>
        </div>
      )}
      {receiptHref === null ? null : (
        <div>
          <Link to={receiptHref} reloadDocument className="button">
            Download the receipt
          </Link>
          <p className="fine">Proves offline that this decision is in the signed audit trail.</p>
        </div>
      )}
    </section>
  )
}
