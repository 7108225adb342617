import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { streamTrailBundle } from '#app/stream-trail-bundle.server.ts'
import { verifyTrailNow } from '#app/verify-trail.server.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { unpackArchive } from '#test/build/unpack-archive.ts'
import { changeOneByte, verifyUnpacked } from '#test/build/unpacked-trail.ts'
import { buildWeb, type TestWeb } from '#test/build/web.ts'

async function auditedWeb(): Promise<TestWeb> {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  await web.cookieOf('auditor')
  return web
}

/** Unpacks an archive into a new folder. */
async function unpack(body: ReadableStream<Uint8Array>): Promise<string> {
  const folder = temporaryFolder()
  await unpackArchive(Readable.from(body as unknown as AsyncIterable<Uint8Array>), folder)
  return join(folder, 'oversight-trail')
}

describe('the bundle of the audit trail', () => {
  it('is the whole signed trail with its verifier, which holds offline and leaves nothing behind', async () => {
    const web = await auditedWeb()
    const temporary = temporaryFolder()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { size, body } = await web.request(() => streamTrailBundle())
    const folder = await unpack(body)
    const { exitCode, output } = verifyUnpacked(folder)
    expect(output).toContain(`${size} entries`)
    expect(exitCode).toBe(0)
    await expect.poll(() => readdirSync(temporary).filter((name) => name.startsWith('oversight-trail-'))).toEqual([])
  })

  it('does not hold once a byte of an event is changed', async () => {
    const web = await auditedWeb()
    const folder = await unpack((await web.request(() => streamTrailBundle())).body)
    changeOneByte(folder)
    expect(verifyUnpacked(folder).exitCode).toBe(1)
  })

  it('is made for several at once, one after the other', async () => {
    const web = await auditedWeb()
    const bundles = await web.request(() => Promise.all([streamTrailBundle(), streamTrailBundle()]))
    for (const { body } of bundles) expect(verifyUnpacked(await unpack(body)).exitCode).toBe(0)
  })
})

describe('the verification of the trail by its server', () => {
  it('runs once for all who ask while it goes on, and again afterwards', async () => {
    const web = await auditedWeb()
    const [first, second] = await web.request(() => Promise.all([verifyTrailNow(), verifyTrailNow()]))
    expect(second).toBe(first)
    expect(first?.report.ok).toBe(true)
    expect(first?.seconds).toBeGreaterThan(0)
    expect(await web.request(() => verifyTrailNow())).not.toBe(first)
  })
})
