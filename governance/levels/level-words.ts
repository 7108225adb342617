import type { OversightLevel } from '#models/warehouse/warehouse-schema.ts'

/** As written in signatures; pages may say it longer. */
export const levelWords: Record<OversightLevel, string> = {
  human_as_the_loop: 'as-the-loop',
  human_in_the_loop: 'in-the-loop',
  human_on_the_loop: 'on-the-loop',
}
