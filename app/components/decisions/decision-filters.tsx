import { Form, Link } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { type DecisionFilters as Chosen, kindWords } from '../../decisions/decision-register.ts'
import { Button } from '../button.tsx'

interface DecisionFiltersProps {
  chosen: Chosen
  types: readonly string[]
  months: readonly string[]
  kinds: readonly string[]
  people: readonly { id: string; name: string }[]
  isFiltered: boolean
}

/** Which decisions are listed; the address keeps it. */
export function DecisionFilters({ chosen, types, months, kinds, people, isFiltered }: DecisionFiltersProps) {
  return (
    <Form method="get" className="filters many" role="search" aria-label="Filter decisions">
      <Choice name="type" label="Type" all="All" chosen={chosen.type} options={types.map((type) => [type, type])} />
      <Choice
        name="action"
        label="Decision"
        all="All"
        chosen={chosen.action}
        options={[
          ['expand', 'Expand'],
          ['keep', 'Keep'],
          ['reduce', 'Reduce'],
          ['baseline', 'Baseline'],
        ]}
      />
      <Choice
        name="kind"
        label="How it came about"
        all="Any way"
        chosen={chosen.kind}
        options={kinds.map((kind) => [kind, kindWords[kind] ?? kind])}
      />
      <Choice
        name="month"
        label="Evidence month"
        all="All"
        chosen={chosen.month}
        options={months.map((month) => [month, formatMonth(month)])}
      />
      <Choice
        name="person"
        label="Signed or voted"
        all="Everybody"
        chosen={chosen.person}
        options={people.map(({ id, name }) => [id, name])}
      />
      <Choice
        name="only"
        label="State"
        all="All"
        chosen={chosen.only}
        options={[
          ['in-force', 'In force'],
          ['dissent', 'With dissent'],
          ['override', 'Against the recommendation'],
          ['pending', 'Stop waits for a second approver'],
        ]}
      />
      <Button>Filter</Button>
      {isFiltered ? <Link to="/decisions">Clear filters</Link> : null}
    </Form>
  )
}

interface ChoiceProps {
  name: string
  label: string
  /** What the empty choice is called. */
  all: string
  chosen: string
  options: readonly (readonly [value: string, text: string])[]
}

function Choice({ name, label, all, chosen, options }: ChoiceProps) {
  return (
    <label>
      <span>{label}</span>
      <select className="field" name={name} defaultValue={chosen} key={chosen}>
        <option value="">{all}</option>
        {options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}
