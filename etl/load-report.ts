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
  /** Line of a text file on which it begins, 1-based; null elsewhere. */
  sourceLine: number | null
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

/** How far a snapshot and each of its sources reach, as ISO instants; null without an event. */
export interface SnapshotReach {
  loadedThrough: string | null
  matureThrough: string | null
  sources: {
    source: string
    isLive: boolean
    /** Until where it is complete, and whether that was declared or is its latest event. */
    through: string
    isDeclared: boolean
    matureThrough: string
  }[]
}

/** What was read of one relation of PostgreSQL. */
interface RelationReport {
  relation: string
  /** postgresql://host/database#relation. */
  sourceFile: string
  rowCount: number
  /** The value from which on rows were read (null: all), and the highest seen; null where the source declares none. */
  watermark: { column: string; from: string | null; reached: string | null } | null
}

/** What a load did. */
export interface LoadReport {
  loadId: string
  source: string
  snapshotId: number
  loadedBy: string
  startedAt: string
  finishedAt: string
  /** What it took; `facts` is all but building and auditing the models. */
  seconds: { total: number; facts: number; models: number }
  /** The earlier load of the same files whose rows are all still there, so that nothing was read again; else null. */
  repeatedLoadId: string | null
  files: { sourceFile: string; byteCount: number; sha256: string }[]
  /** What was read from PostgreSQL; these are among the files too. */
  relations: RelationReport[]
  entities: Partial<Record<EntityName, EntityReport>>
  /** Numbers of closed months that late rows changed. */
  restatedCount: number
  /** How far the snapshot reaches now. */
  reach: SnapshotReach
  /** Things that were put up with, such as columns that nobody knows. */
  warnings: string[]
  /** Raw values of refused rows, readable by the owner only; null when nothing was refused. */
  rejectsFile: string | null
}
