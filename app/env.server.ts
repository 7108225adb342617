import { z } from 'zod'
import { OversightError } from '#models/oversight-error.ts'

const environment = z.object({
  /** Where people reach this server, when it stands behind a proxy: https://oversight.example.org. Makes cookies Secure. */
  OVERSIGHT_PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Memory for queries, as DuckDB writes it. */
  OVERSIGHT_WAREHOUSE_MEMORY: z
    .string()
    .regex(/^\d+(\.\d+)?\s*(MB|GB|MiB|GiB)$/)
    .default('1GB'),
  OVERSIGHT_LOG_LEVEL: z.enum(['silent', 'error', 'warn', 'info', 'debug']).default('info'),
})

export interface Environment {
  publicUrl: URL | undefined
  warehouseMemory: string
  logLevel: z.infer<typeof environment>['OVERSIGHT_LOG_LEVEL']
}

/** Reads the variables of the web server, once, at its start. Throws bad_input naming the variable. */
export function readEnvironment(variables: Readonly<Record<string, string | undefined>>): Environment {
  const parsed = environment.safeParse(variables)
  if (!parsed.success) {
    throw new OversightError('bad_input', `The environment cannot be used: ${z.prettifyError(parsed.error)}`)
  }
  const { OVERSIGHT_PUBLIC_URL, OVERSIGHT_WAREHOUSE_MEMORY, OVERSIGHT_LOG_LEVEL } = parsed.data
  return {
    publicUrl: OVERSIGHT_PUBLIC_URL === undefined ? undefined : new URL(OVERSIGHT_PUBLIC_URL),
    warehouseMemory: OVERSIGHT_WAREHOUSE_MEMORY,
    logLevel: OVERSIGHT_LOG_LEVEL,
  }
}
