import type { User } from '#governance/accounts/user.ts'
import { log } from './log.server.ts'

interface RowsSeen {
  user: Pick<User, 'id'>
  /** A list on a page, or a file taken away: by click, or by token. */
  way: 'list' | 'export' | 'api'
  /** null: of all types. */
  interactionType: string | null
  /** Of lists. */
  metric?: string
  month?: string
  /** How many months back the list reaches, itself included. */
  windowMonths?: number
  /** Of files. */
  dataset?: string
  format?: string
  snapshotId?: number
  /** Rows that were shown or sent. */
  rowCount: number
}

/**
 * One line of the access log for each view of rows of single customers: who (the id), when (the line's time), which and
 * how many. Nothing of the rows themselves.
 */
export function logRowsSeen({ user, ...seen }: RowsSeen): void {
  log().info({ event: 'customer-rows-seen', userId: user.id, ...seen }, 'customer rows seen')
}
