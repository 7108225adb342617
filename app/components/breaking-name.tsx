import { Fragment } from 'react'

/** The name of an interaction type, which a narrow column may break after an underscore and nowhere else. */
export function BreakingName({ name }: { name: string }) {
  const parts = name.split(/(?<=_)/)
  return parts.map((part, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one name never move.
    <Fragment key={index}>
      {index === 0 ? null : <wbr />}
      {part}
    </Fragment>
  ))
}
