import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'

/**
 * How the law looks at what the AI does with a type, in the words of the EU AI Act. limited: ordinary support, where
 * customers have to be told. high: a high-risk use. blocked: a use that this program does not let out of human hands
 * (credit, employment, essential services, prohibited practices).
 */
export const riskClasses = ['minimal', 'limited', 'high', 'blocked'] as const
export type RiskClass = (typeof riskClasses)[number]

/** What is stated of a type in law, as far as it bears on its level. */
export interface StatedClass {
  riskClass: RiskClass
  /** Decides with legal or similarly significant effect (GDPR, article 22). */
  hasLegalEffect: boolean
}

/** The highest level that the law leaves to a type; of one without a statement nothing is known, so nothing is barred. */
export function statedCeiling(stated: StatedClass | undefined): OversightLevel {
  if (stated?.riskClass === 'blocked') return 'human_as_the_loop'
  if (stated?.riskClass === 'high' || stated?.hasLegalEffect === true) return 'human_in_the_loop'
  return 'human_on_the_loop'
}
