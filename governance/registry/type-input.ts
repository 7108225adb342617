import { z } from 'zod'
import { interaction } from '#models/contract/interaction.ts'
import { plainText } from '../audit/plain-text.ts'
import { oversightLevels } from '../evaluate/levels.ts'
import { riskTiers } from '../policy/policy.ts'

/** What the registry asks of a type. Its name is that of the contract, untouched: it has to find its contacts. */
export const typeInputSchema = z.object({
  interactionType: interaction.shape.interaction_type,
  area: plainText(120, 1),
  riskTier: z.enum(riskTiers),
  ceiling: z.enum(oversightLevels),
  ownerId: z.string().min(1),
  aiDoes: plainText(2000),
  humansDo: plainText(2000),
  requiredControls: plainText(2000),
  isDisclosureAttested: z.boolean(),
})

export type TypeInput = z.input<typeof typeInputSchema>
