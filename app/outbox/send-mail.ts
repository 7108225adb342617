import { createTransport } from 'nodemailer'
import type { MessageToSend } from '#governance/outbox/send-outbox.ts'
import { OversightError } from '#models/oversight-error.ts'

export interface MailSender {
  /** Throws when the server does not take the message. */
  send(message: MessageToSend): Promise<void>
  close(): void
}

const timeoutMilliseconds = 20_000

/** Sends mails through one server, over one connection. The message's id is in the Message-ID: a repetition shows. */
export function openMailSender(settings: { url: string; from: string }): MailSender {
  const transport = createTransport(
    {
      url: settings.url,
      pool: true,
      maxConnections: 1,
      connectionTimeout: timeoutMilliseconds,
      greetingTimeout: timeoutMilliseconds,
      socketTimeout: timeoutMilliseconds,
    },
    { from: settings.from },
  )
  return {
    async send({ id, to, subject, body, attachment }) {
      if (to === null) throw new OversightError('internal', `Message ${id} is a mail without a recipient.`)
      await transport.sendMail({
        to,
        subject,
        text: body,
        messageId: `<${id}@oversight.invalid>`,
        headers: { 'Auto-Submitted': 'auto-generated' },
        attachments: attachment === null ? [] : [{ filename: attachment.name, content: attachment.content }],
      })
    },
    close: () => transport.close(),
  }
}
