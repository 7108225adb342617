import type { ComponentProps } from 'react'
import { PageLink } from './page-link.tsx'

interface Look {
  look?: 'plain' | 'primary' | 'danger'
  size?: 'normal' | 'small'
}

function classOf({ look = 'plain', size = 'normal' }: Look): string {
  return ['button', look === 'plain' ? '' : look, size === 'small' ? 'small' : ''].filter(Boolean).join(' ')
}

/** Does something. One primary button per page at most. */
export function Button({ look, size, type = 'submit', ...rest }: Look & ComponentProps<'button'>) {
  return <button {...rest} type={type} className={classOf({ ...(look && { look }), ...(size && { size }) })} />
}

/** Goes somewhere, and looks like a button because it is the next step. */
export function ButtonLink({ look, size, ...rest }: Look & ComponentProps<typeof PageLink>) {
  return <PageLink {...rest} className={classOf({ ...(look && { look }), ...(size && { size }) })} />
}
