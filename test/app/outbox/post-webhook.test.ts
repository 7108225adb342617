import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Webhook } from 'standardwebhooks'
import { describe, expect, it, onTestFinished } from 'vitest'
import { readOutboxSettings } from '#app/outbox/outbox-settings.ts'
import { postWebhook } from '#app/outbox/post-webhook.ts'

const secret = `whsec_${Buffer.alloc(32, 7).toString('base64')}`
const message = { id: 'message-1', body: JSON.stringify({ type: 'level.changed', timestamp: 'now', data: { seq: 7 } }) }

/** A real receiver on this machine. */
async function receiver(status: number, headers: Record<string, string> = {}) {
  const got: { request: IncomingMessage; body: string }[] = []
  const server = createServer((request, answer) => {
    let body = ''
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      got.push({ request, body })
      answer.writeHead(status, headers).end()
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  onTestFinished(() => new Promise<void>((resolve) => server.close(() => resolve())))
  return { url: new URL(`http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`), got }
}

describe('a webhook', () => {
  it('is signed so that the receiver can check it with the library of the standard', async () => {
    const { url, got } = await receiver(204)
    await postWebhook(message, { url, secret }, new Date())
    const { request, body } = got[0] ?? { request: undefined, body: '' }
    const headers = request?.headers as Record<string, string>
    expect(new Webhook(secret).verify(body, headers)).toEqual(JSON.parse(message.body))
    expect(() => new Webhook(secret).verify(`${body} `, headers)).toThrow()
    expect(headers['webhook-id']).toBe('message-1')
  })

  it.each([500, 404, 301])('is not taken when the receiver answers %i; redirects are not followed', async (status) => {
    const elsewhere = await receiver(200)
    const { url } = await receiver(status, { Location: elsewhere.url.href })
    await expect(postWebhook(message, { url, secret }, new Date())).rejects.toThrow(`answered ${status}`)
    expect(elsewhere.got).toEqual([])
  })

  it.each(['http://169.254.169.254/latest', 'http://[fe80::1]/', 'http://[fd00:ec2::254]/'])(
    'never goes to %s, where clouds keep their secrets',
    async (url) => {
      await expect(postWebhook(message, { url: new URL(url), secret }, new Date())).rejects.toThrow(
        'no address that webhooks are sent to',
      )
    },
  )

  it('says when nobody answers', async () => {
    await expect(postWebhook(message, { url: new URL('http://127.0.0.1:1/'), secret }, new Date())).rejects.toThrow(
      /was not reached.*ECONNREFUSED/,
    )
  })
})

describe('the settings of the outbox', () => {
  const webhook = { OVERSIGHT_WEBHOOK_URL: 'https://example.org/hook', OVERSIGHT_WEBHOOK_SECRET: secret }

  it('may all be missing', () => {
    expect(readOutboxSettings({})).toEqual({ mail: null, webhook: null })
  })

  it.each([
    [{ ...webhook, OVERSIGHT_WEBHOOK_URL: 'http://example.org/hook' }, 'must be https'],
    [{ ...webhook, OVERSIGHT_WEBHOOK_SECRET: undefined }, 'belong together'],
    [{ ...webhook, OVERSIGHT_WEBHOOK_SECRET: 'hunter2' }, 'must be whsec_'],
    [{ OVERSIGHT_SMTP_URL: 'smtp://mail.example.org' }, 'belong together'],
    [{ OVERSIGHT_SMTP_URL: 'ftp://mail.example.org', OVERSIGHT_MAIL_FROM: 'a@b.c' }, 'OVERSIGHT_SMTP_URL'],
  ])('are refused when they are not safe or not whole: %j', (given, why) => {
    expect(() => readOutboxSettings(given)).toThrow(why)
    expect(() => readOutboxSettings(given)).not.toThrow('hunter2')
  })
})
