import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { extract } from 'tar-stream'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { streamTrailBundle } from '#app/stream-trail-bundle.server.ts'
import { verifyTrailNow } from '#app/verify-trail.server.ts'
import { temporaryFolder } from '#test/build/load-files.ts'
import { buildWeb, type TestWeb } from '#test/build/web.ts'

async function auditedWeb(): Promise<TestWeb> {
  const web = buildWeb()
  onTestFinished(() => web.remove())
  await web.cookieOf('auditor')
  return web
}

/** Unpacks an archive into a new folder, as an auditor would. */
async function unpack(body: ReadableStream<Uint8Array>): Promise<string> {
  const folder = temporaryFolder()
  const archive = extract()
  archive.on('entry', (header, stream, next) => {
    const pieces: Buffer[] = []
    stream.on('data', (piece) => pieces.push(piece as Buffer))
    stream.on('end', () => {
      const file = join(folder, header.name)
      mkdirSync(dirname(file), { recursive: true })
      writeFileSync(file, Buffer.concat(pieces))
      next()
    })
  })
  await pipeline(Readable.from(body as unknown as AsyncIterable<Uint8Array>), createGunzip(), archive)
  return join(folder, 'oversight-trail')
}

/** The verifier of the bundle itself, in a process that has nothing of ours. */
function verify(folder: string): { exitCode: number; output: string } {
  try {
    return {
      exitCode: 0,
      output: execFileSync(process.execPath, ['verify.mjs', '.'], { cwd: folder, encoding: 'utf8' }),
    }
  } catch (error) {
    const failed = error as { status: number; stdout: string; stderr: string }
    return { exitCode: failed.status, output: failed.stdout + failed.stderr }
  }
}

describe('the bundle of the audit trail', () => {
  it('is the whole signed trail with its verifier, which holds offline and leaves nothing behind', async () => {
    const web = await auditedWeb()
    const temporary = temporaryFolder()
    vi.stubEnv('TMPDIR', temporary)
    onTestFinished(() => void vi.unstubAllEnvs())
    const { size, body } = await web.request(() => streamTrailBundle())
    const folder = await unpack(body)
    const { exitCode, output } = verify(folder)
    expect(output).toContain(`${size} entries`)
    expect(exitCode).toBe(0)
    await expect.poll(() => readdirSync(temporary).filter((name) => name.startsWith('oversight-trail-'))).toEqual([])
  })

  it('does not hold once a byte of an event is changed', async () => {
    const web = await auditedWeb()
    const folder = await unpack((await web.request(() => streamTrailBundle())).body)
    const entries = join(folder, 'tile', 'entries')
    const file = readdirSync(entries, { recursive: true, encoding: 'utf8' })
      .map((name) => join(entries, name))
      .find((name) => /\d+$/.test(name) && existsSync(name) && !name.endsWith('.p'))
    const bytes = readFileSync(String(file))
    bytes.writeUInt8(bytes.readUInt8(40) ^ 1, 40)
    writeFileSync(String(file), bytes)
    expect(verify(folder).exitCode).toBe(1)
  })

  it('is made for several at once, one after the other', async () => {
    const web = await auditedWeb()
    const bundles = await web.request(() => Promise.all([streamTrailBundle(), streamTrailBundle()]))
    for (const { body } of bundles) expect(verify(await unpack(body)).exitCode).toBe(0)
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
