import { z } from 'zod'
import { oversightLevels } from '#governance/evaluate/levels.ts'
import { parseMonth } from '#models/reporting-month.ts'

export const level = z
  .enum(oversightLevels)
  .describe('human_as_the_loop: a human leads; human_in_the_loop: a human approves; human_on_the_loop: the AI acts.')

export const instant = z.iso.datetime().describe('UTC, ISO 8601.')

export const interactionType = z.string().min(1).max(200).describe('Name of an interaction type, such as order_status.')

/** A month as text in, parsed out. */
export const month = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])$/, 'Write a month as YYYY-MM.')
  .describe('Calendar month of the reporting time zone, YYYY-MM.')

export const parsedMonth = month.transform(parseMonth)

/** From where and how far the data reaches: stands in every answer with numbers. */
export const snapshot = z.object({
  id: z.int().describe('Number of the published snapshot that the numbers come from.'),
  createdAt: instant,
  reportingTimeZone: z.string().describe('IANA name; months are in this zone.'),
  loadedThrough: instant.nullable().describe('Nothing before this is still missing.'),
  matureThrough: instant.nullable().describe('Contacts before this no longer change.'),
})
