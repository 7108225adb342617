// Adds to package-lock.json the optional packages for other platforms that the registry in reach did not serve.
// Some mirrors hold the packages of one platform only; `npm install` then leaves the others out of the lock file, and
// `npm ci` refuses such a file. Entries are added without a checksum; npm on those platforms fetches and uses them.
// Run after every `npm install` that was made against such a mirror: node .ci/complete-lock.mjs
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const file = join(import.meta.dirname, '..', 'package-lock.json')
const lock = JSON.parse(readFileSync(file, 'utf8'))
const systems = ['aix', 'android', 'darwin', 'freebsd', 'linux', 'netbsd', 'openbsd', 'openharmony', 'sunos', 'win32']
const processors = ['arm64', 'arm', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64']

/** Where Node would find the dependency: nested first, then each folder above. */
function isLocked(from, name) {
  for (let at = from; ; at = at.slice(0, Math.max(0, at.lastIndexOf('/node_modules/')))) {
    if (`${at === '' ? '' : `${at}/`}node_modules/${name}` in lock.packages) return true
    if (at === '' || !at.includes('/node_modules/')) return `node_modules/${name}` in lock.packages
  }
}

const added = {}
for (const [path, entry] of Object.entries(lock.packages)) {
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(path, name) || !/^\d/.test(version)) continue
    const words = name.slice(name.indexOf('/') + 1).split('-')
    const os = systems.filter((system) => words.includes(system))
    const cpu = processors.filter((processor) => words.includes(processor))
    if (os.length + cpu.length === 0) continue
    const isMusl = words.some((word) => word.startsWith('musl'))
    added[`node_modules/${name}`] = {
      version,
      ...(cpu.length > 0 ? { cpu } : {}),
      ...(entry.dev === true ? { dev: true } : {}),
      ...(os.includes('linux') && words.some((word) => /^(gnu|musl)/.test(word))
        ? { libc: [isMusl ? 'musl' : 'glibc'] }
        : {}),
      optional: true,
      ...(os.length > 0 ? { os } : {}),
    }
  }
}
const sorted = Object.entries({ ...lock.packages, ...added }).sort(([a], [b]) => a.localeCompare(b, 'en'))
lock.packages = Object.fromEntries(sorted)
writeFileSync(file, `${JSON.stringify(lock, null, 2)}\n`)
process.stdout.write(`${Object.keys(added).length} entries added\n`)
