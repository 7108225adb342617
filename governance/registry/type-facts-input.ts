import { z } from 'zod'
import { interaction } from '#models/contract/interaction.ts'
import { plainText } from '../audit/plain-text.ts'
import { riskClasses } from '../evaluate/risk-class.ts'

const currencies = new Set(Intl.supportedValuesOf('currency'))

/** An amount with its currency, such as 100 EUR or 99.50 USD; empty means none. */
const moneyLimit = z
  .string()
  .nullable()
  .transform((text) => text?.trim() || null)
  .refine((text) => text === null || /^\d{1,12}(\.\d{1,2})? [A-Z]{3}$/.test(text), {
    message: 'Write an amount and a currency, such as 100 EUR.',
  })
  .refine((text) => text === null || currencies.has(text.slice(-3)), { message: 'No such currency.' })

/** What is stated of a type beside its duties. */
export const typeFactsInputSchema = z.object({
  interactionType: interaction.shape.interaction_type,
  riskClass: z.enum(riskClasses),
  riskClassReason: plainText(2000, 1),
  hasLegalEffect: z.boolean(),
  knowledgeSources: plainText(2000),
  moneyLimit,
})

export type TypeFactsInput = z.input<typeof typeFactsInputSchema>
