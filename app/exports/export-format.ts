import { OversightError } from '#models/oversight-error.ts'

export const exportFormats = ['csv', 'ndjson', 'parquet', 'arrow'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Throws bad_input with the formats there are. */
export function parseExportFormat(text: string): ExportFormat {
  const format = exportFormats.find((candidate) => candidate === text)
  if (format === undefined) {
    throw new OversightError('bad_input', `There is no format "${text}". Formats: ${exportFormats.join(', ')}.`)
  }
  return format
}
