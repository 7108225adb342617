import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** What the test files of one run share; gone after it. */
    runFolder: string
  }
}

/** Set up once for a run, before its files. */
export default function temporaryFolder(project: TestProject): () => void {
  const folder = mkdtempSync(join(tmpdir(), 'oversight-e2e-run-'))
  project.provide('runFolder', folder)
  return () => rmSync(folder, { recursive: true, force: true })
}
