import { Form, Link } from '@remix-run/react'
import { type EventFilter, isFiltered } from '../../audit/event-filter.ts'
import { Button } from '../button.tsx'

interface EventFiltersProps {
  chosen: EventFilter
  actions: readonly string[]
  objectTypes: readonly string[]
  people: readonly { id: string; name: string }[]
}

/** Which events are listed: a plain form, so that the choice is in the address and needs no script. */
export function EventFilters({ chosen, actions, objectTypes, people }: EventFiltersProps) {
  return (
    <Form method="get" className="filters" role="search" aria-label="Filter events">
      <label>
        <span>Event</span>
        <select className="field" name="action" defaultValue={chosen.action} key={`a${chosen.action}`}>
          <option value="">All</option>
          {actions.map((action) => (
            <option key={action} value={action}>
              {action}
            </option>
          ))}
        </select>
      </label>
      <label>
        <span>Person</span>
        <select className="field" name="person" defaultValue={chosen.person} key={`p${chosen.person}`}>
          <option value="">Everybody</option>
          <option value="system">Oversight itself</option>
          {people.map((person) => (
            <option key={person.id} value={person.id}>
              {person.name}
            </option>
          ))}
        </select>
      </label>
      <label className="wide">
        <span>Object</span>
        <input
          className="field"
          name="object"
          list="objects"
          defaultValue={chosen.object}
          key={`o${chosen.object}`}
          placeholder="interaction_type:refund_request"
        />
        <datalist id="objects">
          {objectTypes.map((type) => (
            <option key={type} value={`${type}:`} />
          ))}
        </datalist>
      </label>
      <label className="day">
        <span>From, UTC</span>
        <input className="field" type="date" name="from" defaultValue={chosen.from} key={`f${chosen.from}`} />
      </label>
      <label className="day">
        <span>Through, UTC</span>
        <input className="field" type="date" name="through" defaultValue={chosen.through} key={`t${chosen.through}`} />
      </label>
      <Button>Filter</Button>
      {isFiltered(chosen) ? <Link to="/audit">Clear filters</Link> : null}
    </Form>
  )
}
