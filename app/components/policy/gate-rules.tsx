import type { GateRule } from '../../policy/gate-rules.ts'
import { tierWords } from '../../registry/registration.ts'
import { ScrollRegion } from '../scroll-region.tsx'
import { Tag } from '../tag.tsx'
import { unbrokenUnits } from '../unbroken-units.ts'

const tiers = ['low', 'medium', 'high'] as const

/** Each gate with its limit by risk tier, how it is proved, and what follows when it is broken. */
export function GateRules({ rules }: { rules: readonly GateRule[] }) {
  return (
    <ScrollRegion label="Gates, table">
      <table className="register policy-gates">
        <caption className="hidden">Gates of the policy</caption>
        <thead>
          <tr>
            <th scope="col">Gate</th>
            {tiers.map((tier) => (
              <th key={tier} scope="col">
                {tierWords[tier]} risk
              </th>
            ))}
            <th scope="col">How it is proved</th>
            <th scope="col">When broken</th>
          </tr>
        </thead>
        <tbody>
          {rules.map((rule) => (
            <tr key={rule.gate}>
              <th scope="row">
                {rule.gate} {unbrokenUnits(rule.name)}
                {rule.isShadow ? (
                  <>
                    {' '}
                    <Tag>Shadow</Tag>
                  </>
                ) : null}
              </th>
              <Limit limit={rule.limit} />
              <td data-label="Proved" className="soft text">
                {rule.proof}
              </td>
              <td data-label="When broken" className="soft">
                {rule.effect === 'can reduce' ? 'recommends a reduction' : 'stops an expansion'}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  )
}

function Limit({ limit }: Pick<GateRule, 'limit'>) {
  if (typeof limit === 'string') {
    return (
      <td colSpan={3} data-label="Limit">
        {limit}
      </td>
    )
  }
  return (
    <>
      {tiers.map((tier) => (
        <td key={tier} data-label={`${tierWords[tier]} risk`}>
          {limit[tier]}
        </td>
      ))}
    </>
  )
}
