import { z } from 'zod'

/** What people agree on when they sign: a metric, and the value that may not be passed. */
const agreedTripWireSchema = z.discriminatedUnion('metric', [
  z.strictObject({
    metric: z.enum(['ai_error_rate', 'repeat_contact_rate_48h', 'unexpected_escalation_rate', 'csat_satisfied_rate']),
    threshold: z.number().gt(0).lt(1),
  }),
  z.strictObject({ metric: z.literal('critical_defects'), threshold: z.int().min(0) }),
  /** Under 20 luck alone would fire it in more than one of twenty months. */
  z.strictObject({ metric: z.literal('harm_e_value'), threshold: z.number().min(20) }),
])
export type AgreedTripWire = z.infer<typeof agreedTripWireSchema>
export type TripWireMetric = AgreedTripWire['metric']

export const agreedTripWiresSchema = z
  .array(agreedTripWireSchema)
  .refine((wires) => new Set(wires.map(({ metric }) => metric)).size === wires.length, {
    message: 'One trip-wire per metric.',
  })
