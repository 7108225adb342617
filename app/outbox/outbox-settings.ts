import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

const variables = z
  .object({
    /** Mail server: smtps://user:password@mail.example.org, or smtp:// with STARTTLS where it is offered. */
    OVERSIGHT_SMTP_URL: z.url({ protocol: /^smtps?$/ }).optional(),
    /** Sender of the mails: "Oversight <oversight@example.org>". */
    OVERSIGHT_MAIL_FROM: z.string().min(3).optional(),
    /** Where events are posted. https, or http on this machine. */
    OVERSIGHT_WEBHOOK_URL: z.url({ protocol: /^https?$/ }).optional(),
    /** Secret of the signatures, as Standard Webhooks writes it: whsec_ and base64 of 24 to 64 bytes. */
    OVERSIGHT_WEBHOOK_SECRET: z
      .string()
      .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, 'must be whsec_ followed by base64 of 24 to 64 bytes')
      .optional(),
  })
  .refine((given) => (given.OVERSIGHT_SMTP_URL === undefined) === (given.OVERSIGHT_MAIL_FROM === undefined), {
    message: 'OVERSIGHT_SMTP_URL and OVERSIGHT_MAIL_FROM belong together: set both or neither',
  })
  .refine((given) => (given.OVERSIGHT_WEBHOOK_URL === undefined) === (given.OVERSIGHT_WEBHOOK_SECRET === undefined), {
    message: 'OVERSIGHT_WEBHOOK_URL and OVERSIGHT_WEBHOOK_SECRET belong together: set both or neither',
  })
  .refine((given) => isSafeWay(given.OVERSIGHT_WEBHOOK_URL), {
    message: 'OVERSIGHT_WEBHOOK_URL must be https, except to this machine itself',
  })

export interface OutboxSettings {
  mail: { url: string; from: string } | null
  webhook: { url: URL; secret: string } | null
}

/** Where messages go. Throws bad_input naming the variable; secrets are never in the message. */
export function readOutboxSettings(given: Readonly<Record<string, string | undefined>>): OutboxSettings {
  const parsed = variables.safeParse(given)
  if (!parsed.success) {
    throw new OversightError('bad_input', `The outbox cannot be used: ${z.prettifyError(parsed.error)}`)
  }
  const { OVERSIGHT_SMTP_URL, OVERSIGHT_MAIL_FROM, OVERSIGHT_WEBHOOK_URL, OVERSIGHT_WEBHOOK_SECRET } = parsed.data
  return {
    mail:
      OVERSIGHT_SMTP_URL === undefined || OVERSIGHT_MAIL_FROM === undefined
        ? null
        : { url: OVERSIGHT_SMTP_URL, from: OVERSIGHT_MAIL_FROM },
    webhook:
      OVERSIGHT_WEBHOOK_URL === undefined || OVERSIGHT_WEBHOOK_SECRET === undefined
        ? null
        : { url: new URL(OVERSIGHT_WEBHOOK_URL), secret: OVERSIGHT_WEBHOOK_SECRET },
  }
}

function isSafeWay(text: string | undefined): boolean {
  if (text === undefined) return true
  const { protocol, hostname } = new URL(text)
  return protocol === 'https:' || ['localhost', '127.0.0.1', '[::1]'].includes(hostname)
}
