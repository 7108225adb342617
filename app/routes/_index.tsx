import { redirect } from '@remix-run/node'
import { guarded, readers } from '../access.server.ts'

export const loader = guarded(readers, async () => redirect('/overview'))
