import { useNavigation } from '@remix-run/react'

/** A thin line on top while the next page is read. Without scripts the browser shows its own. */
export function NavigationProgress() {
  const { state } = useNavigation()
  return <div className={state === 'idle' ? 'progress' : 'progress on'} aria-hidden="true" />
}
