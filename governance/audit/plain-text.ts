import { z } from 'zod'

/**
 * Text typed by a person that enters the ledger: whole characters, NFC, trimmed, without control characters
 * (line breaks and tabs excepted), at most `maximum` characters.
 */
export function plainText(maximum: number, minimum = 0) {
  return z
    .string()
    .refine((text) => !/\p{Cs}/u.test(text), { message: 'The text holds a broken character.' })
    .transform((text) => text.normalize('NFC').replaceAll('\r\n', '\n').trim())
    .refine((text) => !/[\p{Cc}\p{Bidi_Control}]/u.test(text.replaceAll(/[\n\t]/g, '')), {
      message: 'The text holds control characters.',
    })
    .refine((text) => text.length <= maximum, { message: `At most ${maximum} characters.` })
    .refine((text) => text.length >= minimum, {
      message: minimum === 1 ? 'Required.' : `At least ${minimum} characters.`,
    })
}
