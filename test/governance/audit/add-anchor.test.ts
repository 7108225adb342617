import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { addAnchor } from '#governance/audit/add-anchor.ts'
import { exportTiles } from '#governance/audit/export-tiles.ts'
import { signCheckpoint } from '#governance/audit/sign-checkpoint.ts'
import { addPeople, buildLedger } from '#test/build/ledger.ts'

const hasOpenssl = spawnSync('openssl', ['version']).status === 0

async function signedLedger() {
  const at = await buildLedger()
  onTestFinished(() => at.remove())
  await addPeople(at)
  return { at, checkpoint: await signCheckpoint(at.ledger) }
}

/** A timestamp authority of its own, made by openssl in an empty folder. */
function authority(): { folder: string; stamp(note: string): string } {
  const folder = mkdtempSync(join(tmpdir(), 'oversight-tsa-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  writeFileSync(
    join(folder, 'tsa.cnf'),
    `[req]\ndistinguished_name = dn\nx509_extensions = tsa\nprompt = no\n[dn]\nCN = Test Authority
[tsa]\nextendedKeyUsage = critical,timeStamping\n[tsa_config]\nserial = ./serial\nsigner_digest = sha256
default_policy = 1.2.3.4\ndigests = sha256\naccuracy = secs:1\n`,
  )
  openssl(
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    'key.pem',
    '-out',
    'cert.pem',
    '-days',
    '2',
    '-config',
    'tsa.cnf',
  )
  return {
    folder,
    stamp(note) {
      writeFileSync(join(folder, 'checkpoint'), note)
      openssl('ts', '-query', '-data', 'checkpoint', '-sha256', '-cert', '-out', 'query.tsq')
      openssl(
        'ts',
        '-reply',
        '-queryfile',
        'query.tsq',
        '-signer',
        'cert.pem',
        '-inkey',
        'key.pem',
        '-config',
        'tsa.cnf',
        '-section',
        'tsa_config',
        '-out',
        'reply.tsr',
      )
      return join(folder, 'reply.tsr')
    },
  }
}

describe.skipIf(!hasOpenssl)('the timestamp of a checkpoint (needs openssl)', () => {
  it('is kept with the checkpoint it stamps, and an auditor checks it from the export alone', async () => {
    const { at, checkpoint } = await signedLedger()
    const { folder, stamp } = authority()
    const reply = readFileSync(stamp(checkpoint.note))
    expect(await addAnchor(at.ledger, reply, at.clock())).toEqual({ treeSize: checkpoint.size })
    await expect(addAnchor(at.ledger, reply, at.clock())).rejects.toMatchObject({ code: 'conflict' })

    const bundle = join(folder, 'bundle')
    await exportTiles(at.ledger, bundle)
    const [stamped, token] = readdirSync(join(bundle, 'anchors')).sort((a, b) => a.length - b.length)
    const check = (note: string) =>
      spawnSync('openssl', [
        'ts',
        '-verify',
        '-data',
        note,
        '-in',
        join(bundle, 'anchors', token ?? ''),
        '-CAfile',
        join(folder, 'cert.pem'),
      ]).status
    expect(check(join(bundle, 'anchors', stamped ?? ''))).toBe(0)
    writeFileSync(join(folder, 'other'), `${checkpoint.note} `)
    expect(check(join(folder, 'other'))).not.toBe(0)
    const verify = () => spawnSync(process.execPath, [join(bundle, 'verify.mjs'), bundle], { encoding: 'utf8' })
    expect(verify().status).toBe(0)
    // A stamped checkpoint that is not of this log is found, even with sums that fit.
    rmSync(join(bundle, 'SHA256SUMS'))
    writeFileSync(join(bundle, 'anchors', stamped ?? ''), checkpoint.note.replace(/\n(\S+)=\n/, '\nAAAA$1=\n'))
    expect(verify().stdout + verify().stderr).toContain(`anchors/${stamped}`)
  })

  it('is refused when it stamps something else', async () => {
    const { at, checkpoint } = await signedLedger()
    const reply = readFileSync(authority().stamp(`${checkpoint.note}\n`))
    await expect(addAnchor(at.ledger, reply, at.clock())).rejects.toThrow('stamps none of the 1 checkpoints')
  })
})

describe('what is no timestamp', () => {
  it.each([
    ['text', Buffer.from('hello')],
    ['nothing', Buffer.alloc(0)],
    ['too long', Buffer.alloc(300_000, 0x30)],
  ])('is refused: %s', async (_, given) => {
    const { at } = await signedLedger()
    await expect(addAnchor(at.ledger, given, at.clock())).rejects.toMatchObject({ code: 'bad_input' })
  })
})
