import { execFileSync, spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { OversightError } from '#models/oversight-error.ts'

export interface Chromium {
  executablePath: string
  /** Environment in which it starts; the bundled libraries and fonts are on it only where the machine lacks them. */
  env: NodeJS.ProcessEnv
}

const root = join(import.meta.dirname, '..', '..')

/** It calls nobody, and starts where user namespaces or a graphics card are missing. */
export const chromiumFlags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
] as const

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/opt/google/chrome/chrome',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
]

/**
 * A browser to print with, and of the tests: OVERSIGHT_CHROMIUM, else a Chrome or Chromium in one of its usual places, else the one
 * inside the npm package @sparticuz/chromium (Linux), so that neither needs apt or a download.
 * Throws not_found naming what to do.
 */
export function findChromium(): Chromium {
  const env = { ...process.env }
  const named = process.env.OVERSIGHT_CHROMIUM
  if (named !== undefined && named !== 'bundled') {
    if (!existsSync(named))
      throw new OversightError('not_found', `OVERSIGHT_CHROMIUM names ${named}, which does not exist.`)
    return { executablePath: named, env }
  }
  const system = named === 'bundled' ? undefined : systemPaths.find((path) => existsSync(path))
  if (system !== undefined) return { executablePath: system, env }
  if (process.platform !== 'linux') {
    throw new OversightError('not_found', 'No Chrome or Chromium found. Install one, or name it in OVERSIGHT_CHROMIUM.')
  }
  const folder = unpackBundled()
  const bundled = { executablePath: join(folder, 'chromium'), env: withFonts(env, folder) }
  if (starts(bundled)) return bundled
  // libnss3 and friends are missing: the package brings them for bare Linux images.
  const libraries = [join(folder, 'al2023', 'lib'), env.LD_LIBRARY_PATH].filter(Boolean).join(':')
  const selfContained = { ...bundled, env: { ...bundled.env, LD_LIBRARY_PATH: libraries } }
  if (starts(selfContained)) return selfContained
  throw new OversightError(
    'not_found',
    'The bundled Chromium does not start here. Install Chromium, or name one in OVERSIGHT_CHROMIUM.',
  )
}

function starts(chromium: Chromium): boolean {
  return spawnSync(chromium.executablePath, ['--version'], { env: chromium.env, timeout: 30_000 }).status === 0
}

/** Unpacks once per version, beside the packages; a rename at the end makes a half-unpacked folder impossible. */
function unpackBundled(): string {
  const { version } = JSON.parse(
    readFileSync(join(root, 'node_modules', '@sparticuz', 'chromium', 'package.json'), 'utf8'),
  ) as { version: string }
  const folder = join(root, 'node_modules', '.cache', `chromium-${version}`)
  if (existsSync(join(folder, 'chromium'))) return folder
  mkdirSync(dirname(folder), { recursive: true })
  const unpacking = mkdtempSync(`${folder}-`)
  try {
    // The package unpacks into the temporary folder, and its libraries only where it believes to be in such an image.
    execFileSync(
      process.execPath,
      ['--input-type=module', '--eval', "await (await import('@sparticuz/chromium')).default.executablePath()"],
      {
        cwd: root,
        env: { ...process.env, TMPDIR: unpacking, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' },
        stdio: ['ignore', 'ignore', 'inherit'],
      },
    )
    renameSync(unpacking, folder)
  } catch (error) {
    rmSync(unpacking, { recursive: true, force: true })
    // Another test process may have been faster.
    if (!existsSync(join(folder, 'chromium'))) throw error
  }
  return folder
}

/** A machine without fontconfig has no fonts either: use the ones of the package. */
function withFonts(env: NodeJS.ProcessEnv, folder: string): NodeJS.ProcessEnv {
  if (existsSync('/etc/fonts/fonts.conf')) return env
  const configuration = join(folder, 'fontconfig')
  mkdirSync(configuration, { recursive: true })
  writeFileSync(
    join(configuration, 'fonts.conf'),
    `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(folder, 'fonts')}</dir>
  <cachedir>${join(configuration, 'cache')}</cachedir>
</fontconfig>
`,
  )
  return { ...env, FONTCONFIG_PATH: configuration }
}
