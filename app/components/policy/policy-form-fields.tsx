import { oversightLevels } from '#governance/evaluate/levels.ts'
import { segmentWords } from '#governance/evaluate/segment-words.ts'
import { customerSegments } from '#models/segments/customer-segment.ts'
import { type PolicyFieldGroup, policyFieldGroups } from '../../policy/policy-fields.ts'
import type { PolicyFormValues } from '../../policy/policy-form.ts'
import { tripWireDirections, tripWireMetrics, tripWireName, tripWireUnits } from '../../policy/trip-wire-units.ts'
import { FieldError } from '../field.tsx'
import { levelWords } from '../level-glyph.tsx'
import { NumberField } from './number-field.tsx'

interface PolicyFormFieldsProps {
  values: PolicyFormValues
  errors: Readonly<Record<string, string>>
  /** Registered types, each of which may have its own error limit. */
  types: readonly string[]
}

/** Every number and part of a policy that people choose, grouped as the policy's page shows them. */
export function PolicyFormFields({ values, errors, types }: PolicyFormFieldsProps) {
  return (
    <>
      {policyFieldGroups.map((group) => (
        <Group key={group.id} group={group} values={values} errors={errors} />
      ))}
      <fieldset>
        <legend>Own error limits</legend>
        <p className="hint">Instead of the limit of the tier; never looser than that of the low tier.</p>
        {types.map((type) => (
          <NumberField
            key={type}
            name={`override.${type}`}
            label={type}
            unit="percent"
            value={values[`override.${type}`]}
            error={errors[`override.${type}`]}
          />
        ))}
      </fieldset>
      <fieldset>
        <legend>Segments</legend>
        <p className="hint">Groups of customers that are judged and watched on their own, inside every type.</p>
        {customerSegments.map((segment) => (
          <div key={segment} className="segment-field">
            <Box name={`segment.${segment}`} label={`Judge ${segmentWords[segment]}`} values={values} />
            <select
              className="field"
              name={`segment.${segment}.ceiling`}
              aria-label={`Most autonomy for ${segmentWords[segment]}`}
              defaultValue={values[`segment.${segment}.ceiling`] ?? 'human_in_the_loop'}
            >
              {oversightLevels.map((level) => (
                <option key={level} value={level}>
                  at most {levelWords[level].toLowerCase()}
                </option>
              ))}
            </select>
            <Box name={`segment.${segment}.blocks`} label="failing stops an expansion" values={values} />
            <FieldError id={`segment-${segment}-error`} message={errors[`segment.${segment}`]} />
          </div>
        ))}
      </fieldset>
      <fieldset>
        <legend>Trip-wires</legend>
        <p className="hint">Signed with every expansion unless its proposal names others. Empty: none.</p>
        {tripWireMetrics.map((metric) => (
          <NumberField
            key={metric}
            name={`tripWire.${metric}`}
            label={`${tripWireName(metric)}, ${tripWireDirections[metric]}`}
            unit={tripWireUnits[metric]}
            value={values[`tripWire.${metric}`]}
            error={errors[`tripWire.${metric}`]}
            hint={metric === 'harm_e_value' ? 'Not under 20.' : undefined}
          />
        ))}
      </fieldset>
    </>
  )
}

interface GroupProps extends Omit<PolicyFormFieldsProps, 'types'> {
  group: PolicyFieldGroup
}

function Group({ group, values, errors }: GroupProps) {
  const { gate } = group
  return (
    <fieldset>
      <legend>{group.title}</legend>
      <p className="hint">{group.says}</p>
      {group.switches.map(({ path, label, hint }) => (
        <Box key={path} name={path} label={label} hint={hint} values={values} />
      ))}
      {group.fields.map(({ path, label, unit, ifEmpty, hint }) => (
        <NumberField
          key={path}
          name={path}
          label={label}
          unit={unit}
          value={values[path]}
          error={errors[path]}
          ifEmpty={ifEmpty}
          hint={hint}
        />
      ))}
      {gate === undefined || gate === 'G1' ? null : (
        <Box name={`shadow.${gate}`} label="In shadow" hint="Judged and shown, decides nothing yet." values={values} />
      )}
    </fieldset>
  )
}

interface BoxProps {
  name: string
  label: string
  hint?: string
  values: PolicyFormValues
}

function Box({ name, label, hint, values }: BoxProps) {
  const id = `f-${name}`
  return (
    <div className="choice">
      <input type="checkbox" id={id} name={name} defaultChecked={values[name] === 'on'} />
      <label htmlFor={id}>
        {label}
        {hint === undefined ? null : <small>{hint}</small>}
      </label>
    </div>
  )
}
