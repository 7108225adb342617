import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'
import type { StatedClass } from '../evaluate/risk-class.ts'
import type { RiskTier } from '../policy/policy.ts'
import type { DemonstrationEmail } from './demonstration-accounts.ts'

/** The registry of a demonstration home: who does what, how risky it is, and how things stand at the beginning. */
export interface DemonstrationType {
  interactionType: string
  area: string
  riskTier: RiskTier
  ceiling: OversightLevel
  /** The level that the baseline states. */
  baseline: OversightLevel
  owner: DemonstrationEmail
  aiDoes: string
  humansDo: string
  requiredControls: string
  facts: StatedClass & { riskClassReason: string; knowledgeSources: string; moneyLimit: string | null }
}

const support = {
  riskClass: 'limited',
  riskClassReason: 'Ordinary customer support: customers are told that they talk to an AI',
  hasLegalEffect: false,
  knowledgeSources: 'Help centre, order system',
  moneyLimit: null,
} as const

const routine = {
  riskTier: 'low',
  ceiling: 'human_on_the_loop',
  baseline: 'human_in_the_loop',
  owner: 'leader@demo.invalid',
  aiDoes: 'Drafts and suggests answers',
  humansDo: 'Approve every answer, refine the wording',
  requiredControls: 'Knowledge grounding, QA sampling',
  facts: support,
} as const

const answeredAlone = {
  ...routine,
  baseline: 'human_on_the_loop',
  aiDoes: 'Resolves alone',
  humansDo: 'Review edge cases and a random sample',
  requiredControls: 'Policy limits, QA sampling',
} as const

const account = {
  ...routine,
  riskTier: 'medium',
  aiDoes: 'Drafts answers, checks identity',
  humansDo: 'Approve every answer, decide exceptions',
  requiredControls: 'Identity check, QA sampling',
} as const

const money = {
  ...routine,
  riskTier: 'medium',
  ceiling: 'human_in_the_loop',
  aiDoes: 'Drafts answers, checks eligibility',
  humansDo: 'Approve every payment, decide above the money limit and all exceptions',
  requiredControls: 'Policy and amount limits, QA sampling',
  facts: {
    ...support,
    riskClassReason: 'Ordinary customer support, but refusing money above the limit weighs on a customer',
    hasLegalEffect: true,
    knowledgeSources: 'Refund policy, order system',
    moneyLimit: '100 EUR',
  },
} as const

const humanOnly = {
  riskTier: 'high',
  ceiling: 'human_as_the_loop',
  baseline: 'human_as_the_loop',
  owner: 'leader@demo.invalid',
} as const

export const demonstrationTypes: readonly DemonstrationType[] = [
  { ...answeredAlone, interactionType: 'order_status', area: 'Orders', baseline: 'human_in_the_loop' },
  { ...answeredAlone, interactionType: 'product_faq', area: 'Routine questions' },
  { ...answeredAlone, interactionType: 'password_reset', area: 'Accounts' },
  { ...routine, interactionType: 'delivery_change', area: 'Orders' },
  { ...money, interactionType: 'refund_request', area: 'Refunds', owner: 'approver-c@demo.invalid' },
  { ...routine, interactionType: 'warranty_claim', area: 'Refunds' },
  { ...routine, interactionType: 'subscription_cancel', area: 'Accounts' },
  { ...routine, interactionType: 'technical_troubleshooting', area: 'Routine questions' },
  {
    ...routine,
    interactionType: 'promo_code',
    area: 'Triage and routing',
    aiDoes: 'Classifies, prioritises, drafts answers',
    humansDo: 'Own the rules, approve every answer',
    requiredControls: 'Confidence thresholds, QA sampling',
  },
  { ...money, interactionType: 'billing_dispute', area: 'Refunds', owner: 'approver-c@demo.invalid' },
  { ...account, interactionType: 'account_access', area: 'Accounts' },
  { ...routine, interactionType: 'address_change', area: 'Orders' },
  {
    ...humanOnly,
    interactionType: 'privacy_request',
    area: 'Privacy',
    aiDoes: 'Recognises the request and hands it over',
    humansDo: 'Carry it out',
    requiredControls: 'Human only',
    facts: {
      ...support,
      riskClassReason: 'The AI only recognises the request; people decide on rights of persons',
      hasLegalEffect: true,
      knowledgeSources: 'Privacy procedure',
    },
  },
  {
    ...humanOnly,
    interactionType: 'safety_report',
    area: 'Safety',
    aiDoes: 'Detects the topic, prepares a summary',
    humansDo: 'Resolve fully',
    requiredControls: 'Mandatory escalation',
    facts: {
      ...support,
      riskClassReason: 'The AI only detects the topic; people resolve it',
      knowledgeSources: 'Safety procedure',
    },
  },
]
