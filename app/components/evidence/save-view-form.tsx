import { Form } from '@remix-run/react'
import { formatMonth } from '#models/format-metric.ts'
import { Button } from '../button.tsx'
import { SelectField, TextField } from '../field.tsx'

interface SaveViewFormProps {
  /** Of the overview's address, without a month. */
  search: string
  /** The month that can be kept, YYYY-MM. */
  month: string
  isMonthKept?: boolean
  name?: string
  error?: string | undefined
}

/** Gives an overview a name. */
export function SaveViewForm({ search, month, isMonthKept = false, name, error }: SaveViewFormProps) {
  return (
    <Form method="post" action="/overview/views" className="form">
      <input type="hidden" name="search" value={search} />
      <input type="hidden" name="shown" value={month} />
      <TextField
        label="Save this view as"
        name="name"
        id="view-name"
        required
        maxLength={60}
        autoComplete="off"
        defaultValue={name}
        error={error}
      />
      <SelectField
        label="Month"
        name="month"
        id="view-month"
        defaultValue={isMonthKept ? month : ''}
        options={[
          { value: '', text: 'Always the newest final month' },
          { value: month, text: formatMonth(month) },
        ]}
      />
      <div className="actions">
        <Button size="small">Save view</Button>
      </div>
    </Form>
  )
}
