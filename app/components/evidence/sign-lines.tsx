import type { SignLine } from '../../evidence/overview/five-signs.ts'
import { PageLink } from '../page-link.tsx'
import { Status } from '../status.tsx'

const stateOf = {
  ok: { kind: 'pass', word: 'No sign' },
  sign: { kind: 'signal', word: 'Sign' },
  unmeasurable: { kind: 'none', word: 'Not measurable' },
} as const

/** The five warning signs, always all of them: silence must not look like health. */
export function SignLines({ signs }: { signs: readonly SignLine[] }) {
  return (
    <ul className="sign-lines" aria-label="Five warning signs">
      {signs.map(({ name, state, text, types, href }) => (
        <li key={name}>
          <PageLink to={href}>{name}</PageLink>
          <Status kind={stateOf[state].kind} word={stateOf[state].word} />
          <span className="soft">
            {types.length === 0
              ? text
              : types.map((type, index) => (
                  <span key={type.interactionType}>
                    {index === 0 ? '' : ', '}
                    <PageLink to={type.href}>{type.interactionType}</PageLink>
                  </span>
                ))}
            {types.length === 0 ? null : <span className="quiet"> ({text})</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}
