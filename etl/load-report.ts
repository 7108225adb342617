import type { EntityName } from '#models/contract/entities.ts'

/** Rows of one entity that one rule refused. */
export interface QuarantineReason {
  rule: string
  field: string | null
  message: string
  count: number
  /** Where the first of them is. */
  sourceFile: string
  sourceRow: number
}

/** read = loaded + unchanged + superseded + quarantined, always. */
export interface EntityReport {
  read: number
  /** New, or a newer version than the one there was. */
  loaded: number
  unchanged: number
  /** An older version than one already there, or an earlier duplicate in the load. */
  superseded: number
  quarantined: number
  quarantinedByRule: Record<string, number>
  reasons: QuarantineReason[]
  /** Orphans of earlier loads: tried again, and of those now loaded. Not part of `read`. */
  retried: number
  recovered: number
}

/** What a load did. */
export interface LoadReport {
  loadId: string
  source: string
  snapshotId: number
  startedAt: string
  finishedAt: string
  files: { sourceFile: string; byteCount: number; sha256: string }[]
  entities: Partial<Record<EntityName, EntityReport>>
  /** Things that were put up with, such as columns that nobody knows. */
  warnings: string[]
  /** Raw values of refused rows, readable by the owner only; null when nothing was refused. */
  rejectsFile: string | null
}
