/** What one thing needs to be told once, and to whom. */
export interface OutboxMessage {
  /** Names the thing: a second message with the same key is not put in. */
  onceKey: string
  channel: 'email' | 'webhook'
  /** Id of the person a mail goes to; null for the webhook. */
  recipientId: string | null
  /** Subject of the mail, or type of the webhook's event. */
  subject: string
  /** Plain text of the mail, or the JSON of the webhook. */
  body: string
  attachment: { name: string; content: string } | null
}

/** Which ways out are set up: nothing is put into the outbox for a way that is not. */
export interface OutboxChannels {
  email: boolean
  webhook: boolean
}
