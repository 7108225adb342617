export interface BundleReport {
  ok: boolean
  origin: string | null
  size: number
  /** Hexadecimal; null when entries are missing. */
  root: string | null
  /** The key was given, not taken from the folder. */
  isOwnKey: boolean
  /** Level of each type at the end of the trail, by type. */
  levels: Record<string, string>
  findings: { where: string; what: string }[]
}

export function verifyBundle(
  directory: string,
  kept?: { vkey?: string; checkpoints?: readonly string[]; receipts?: readonly string[] },
): BundleReport
