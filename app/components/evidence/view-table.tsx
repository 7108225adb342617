import { Form, Link } from '@remix-run/react'
import { Button } from '../button.tsx'
import { FieldError } from '../field.tsx'

interface NamedView {
  id: string
  name: string
  href: string
  words: string
}

interface ViewTableProps {
  views: readonly NamedView[]
  /** What was refused, of which view. */
  refused: { id: string; name: string; error: string } | null
}

/** Views by name: what each shows, another name for it, and its end. */
export function ViewTable({ views, refused }: ViewTableProps) {
  return (
    <table className="register view-table">
      <caption className="hidden">Your views, by name</caption>
      <thead>
        <tr>
          <th scope="col">View</th>
          <th scope="col">Shows</th>
          <th scope="col">Name</th>
          <th scope="col">Delete</th>
        </tr>
      </thead>
      <tbody>
        {views.map(({ id, name, href, words }) => {
          const error = refused?.id === id ? refused.error : undefined
          return (
            <tr key={`${id} ${name}`}>
              <th scope="row">
                <Link to={href}>{name}</Link>
              </th>
              <td className="text" data-label="Shows">
                {words}
              </td>
              <td data-label="Name">
                <Form method="post" className="rename">
                  <input
                    className="field"
                    name="name"
                    aria-label={`New name of ${name}`}
                    aria-invalid={error !== undefined}
                    aria-describedby={error === undefined ? undefined : `${id}-error`}
                    required
                    maxLength={60}
                    autoComplete="off"
                    defaultValue={error === undefined ? name : refused?.name}
                  />
                  <Button size="small" name="rename" value={id} aria-label={`Rename ${name}`}>
                    Rename
                  </Button>
                </Form>
                <FieldError id={`${id}-error`} message={error} />
              </td>
              <td data-label="Delete">
                <Form method="post">
                  <Button size="small" name="delete" value={id} aria-label={`Delete ${name}`}>
                    Delete
                  </Button>
                </Form>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
