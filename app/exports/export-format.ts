import { OversightError } from '#models/oversight-error.ts'

export const exportFormats = ['csv', 'ndjson', 'parquet', 'arrow'] as const
export type ExportFormat = (typeof exportFormats)[number]

/** Media type and ending of the files. */
export const exportFiles: Readonly<Record<ExportFormat, { type: string; extension: string }>> = {
  csv: { type: 'text/csv; charset=utf-8', extension: 'csv' },
  ndjson: { type: 'application/x-ndjson', extension: 'ndjson' },
  parquet: { type: 'application/vnd.apache.parquet', extension: 'parquet' },
  arrow: { type: 'application/vnd.apache.arrow.stream', extension: 'arrows' },
}

/** Throws bad_input with the formats there are. */
export function parseExportFormat(text: string): ExportFormat {
  const format = exportFormats.find((candidate) => candidate === text)
  if (format === undefined) {
    throw new OversightError('bad_input', `There is no format "${text}". Formats: ${exportFormats.join(', ')}.`)
  }
  return format
}
