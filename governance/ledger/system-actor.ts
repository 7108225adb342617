import type { Actor } from '../audit/audit-event.ts'

/** Stands for the program itself and for whoever holds the machine's command line. */
export const systemActor: Actor = { id: 'system', name: 'Oversight', role: 'system' }
