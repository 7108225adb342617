import type { z } from 'zod'

type Column<T> = T extends z.core.$brand<'instant'> ? Date : T

/** A contract entity as a warehouse row: instants are Dates, absent values are null, every column is there. */
export type FactRow<Schema extends z.ZodObject> = {
  [K in keyof z.infer<Schema>]-?: undefined extends z.infer<Schema>[K]
    ? Column<NonNullable<z.infer<Schema>[K]>> | null
    : Column<z.infer<Schema>[K]>
}

/** Where a row came from; on every loaded row. */
export interface Lineage {
  load_id: string
  source_file: string
  /** 1-based data row within the file. */
  source_row: number
  loaded_at: Date
}
