import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { describe, expect, it, onTestFinished } from 'vitest'
import { openMailSender } from '#app/outbox/send-mail.ts'

/** A real mail server on this machine that keeps what it is given. */
async function mailServer(refuse?: string): Promise<{ url: string; mails: { to: string[]; text: string }[] }> {
  const mails: { to: string[]; text: string }[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onData(stream, session, done) {
      const parts: Buffer[] = []
      stream.on('data', (part: Buffer) => parts.push(part))
      stream.on('end', () => {
        if (refuse !== undefined) return done(new Error(refuse))
        mails.push({
          to: session.envelope.rcptTo.map(({ address }) => address),
          text: Buffer.concat(parts).toString('utf8'),
        })
        done()
      })
    },
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: `smtp://127.0.0.1:${(server.server.address() as AddressInfo).port}`, mails }
}

const message = {
  id: 'message-1',
  channel: 'email' as const,
  to: 'anna@example.com',
  subject: 'Two things wait',
  body: 'The stop of refund_request waits.\n',
  attachment: { name: 'event-7.tlog-proof', content: 'c2sp.org/tlog-proof@v1\nindex 7\n' },
  attempt: 1,
}

describe('a mail', () => {
  it('reaches a real server with its receipt, and with an id that stays the same', async () => {
    const { url, mails } = await mailServer()
    const sender = openMailSender({ url, from: 'Oversight <oversight@example.com>' })
    onTestFinished(() => sender.close())
    await sender.send(message)
    await sender.send({ ...message, attempt: 2 })
    expect(mails.map(({ to }) => to)).toEqual([['anna@example.com'], ['anna@example.com']])
    for (const { text } of mails) {
      expect(text).toContain('Message-ID: <message-1@oversight.invalid>')
      expect(text).toContain('Auto-Submitted: auto-generated')
      expect(text).toContain('filename=event-7.tlog-proof')
      expect(text).toContain(Buffer.from(message.attachment.content).toString('base64').slice(0, 40))
    }
  })

  it('cannot gain recipients or headers from its texts', async () => {
    const { url, mails } = await mailServer()
    const sender = openMailSender({ url, from: 'oversight@example.com' })
    onTestFinished(() => sender.close())
    await sender.send({ ...message, subject: 'x\r\nBcc: mallory@example.com', attachment: null })
    expect(mails[0]?.to).toEqual(['anna@example.com'])
    expect(mails[0]?.text).not.toMatch(/^Bcc:/m)
  })

  it('says why a server did not take it', async () => {
    const { url } = await mailServer('mailbox full')
    const sender = openMailSender({ url, from: 'oversight@example.com' })
    onTestFinished(() => sender.close())
    await expect(sender.send(message)).rejects.toThrow('mailbox full')
  })
})
