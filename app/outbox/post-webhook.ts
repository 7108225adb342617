import { type LookupAddress, lookup } from 'node:dns'
import * as http from 'node:http'
import * as https from 'node:https'
import { BlockList, isIP } from 'node:net'
import { Webhook } from 'standardwebhooks'
import type { MessageToSend } from '#governance/outbox/send-outbox.ts'
import { OversightError } from '#models/oversight-error.ts'

const timeoutMilliseconds = 10_000

/** Addresses of cloud metadata services and the like: never the receiver of a webhook. */
const refused = new BlockList()
refused.addSubnet('169.254.0.0', 16, 'ipv4')
refused.addSubnet('fe80::', 10, 'ipv6')
refused.addAddress('fd00:ec2::254', 'ipv6')

/**
 * Posts one event, signed as Standard Webhooks has it. The address is checked when the connection is made, so that a
 * name cannot point elsewhere in between; redirects are not followed. Throws with words for people unless the answer is
 * a 2xx within ten seconds.
 */
export async function postWebhook(
  { id, body }: Pick<MessageToSend, 'id' | 'body'>,
  settings: { url: URL; secret: string },
  now: Date,
): Promise<void> {
  const { url, secret } = settings
  const literal = url.hostname.replaceAll(/[[\]]/g, '')
  if (isIP(literal) !== 0) refuseAddress(literal, isIP(literal))
  const status = await new Promise<number>((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    const sent = request(
      url,
      {
        method: 'POST',
        lookup: checkedLookup,
        timeout: timeoutMilliseconds,
        headers: {
          'Content-Type': 'application/json',
          'Content-Length': Buffer.byteLength(body),
          'webhook-id': id,
          'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
          'webhook-signature': new Webhook(secret).sign(id, now, body),
        },
      },
      (answer) => {
        answer.resume()
        answer.once('end', () => resolve(answer.statusCode ?? 0))
        answer.once('error', reject)
      },
    )
    sent.once('timeout', () => sent.destroy(new Error('it did not answer within ten seconds')))
    sent.once('error', reject)
    sent.end(body)
  }).catch((cause: unknown) => {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new OversightError('bad_input', `The webhook at ${url.host} was not reached: ${why}.`, { cause })
  })
  if (status < 200 || status > 299) {
    throw new OversightError('bad_input', `The webhook at ${url.host} answered ${status}.`)
  }
}

const checkedLookup: typeof lookup = ((
  hostname: string,
  options: object,
  callback: (error: Error | null, address?: string | LookupAddress[], family?: number) => void,
) => {
  lookup(hostname, { ...options, all: true }, (error, addresses) => {
    if (error !== null) return callback(error)
    try {
      for (const { address, family } of addresses) refuseAddress(address, family)
    } catch (refusal) {
      return callback(refusal as Error)
    }
    const [first] = addresses
    if ('all' in options && options.all === true) callback(null, addresses)
    else callback(null, first?.address ?? '', first?.family ?? 4)
  })
}) as typeof lookup

function refuseAddress(address: string, family: number): void {
  if (refused.check(address, family === 6 ? 'ipv6' : 'ipv4')) {
    throw new OversightError('bad_input', `${address} is no address that webhooks are sent to`)
  }
}
