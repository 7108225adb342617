import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

const root = process.cwd()
const layers = ['app', 'etl', 'models', 'governance'] as const

/** What each layer may import of ours. app/cli/ alone may also import etl/. */
const mayImport: Record<string, readonly string[]> = {
  models: [],
  governance: ['models'],
  etl: ['models'],
  app: ['governance', 'models'],
  'app/cli': ['governance', 'models', 'etl'],
}

/** Rules, statistics and the catalogue: the clock, ids and settings come as arguments. */
const pure = [
  'governance/policy/',
  'governance/evaluate/',
  'models/statistics/',
  'models/metrics.ts',
  'models/warning-signs/',
  'models/control-charts/control-chart.ts',
  'models/confidence/calibration-report.ts',
  'models/confidence/autonomy-threshold.ts',
]
// node:util is pure (deep equality).
const notPure = /^(node:(?!util$)|kysely|better-sqlite3|@duckdb\/|pg$)/

/** Everything that may stand at the top besides dot-files and what git ignores. */
const topLevel = [
  ...layers,
  'test',
  'public',
  'docs',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
  'vite.config.ts',
  'biome.json',
  'README.md',
  'LICENSE',
  'CHANGELOG.md',
]
const ignored = ['node_modules', 'build', 'data']

function filesOf(layer: string): string[] {
  return readdirSync(join(root, layer), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mjs)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)))
}

/** Imports of a file as paths from the root, or package names. */
function importsOf(file: string): string[] {
  const { importedFiles } = ts.preProcessFile(readFileSync(join(root, file), 'utf8'), true, true)
  return importedFiles.map(({ fileName }) => {
    if (fileName.startsWith('.')) return normalize(join(dirname(file), fileName))
    return fileName.startsWith('#') ? fileName.slice(1) : fileName
  })
}

function layerOf(path: string): string | undefined {
  return layers.find((layer) => path.startsWith(`${layer}/`))
}

describe('the house', () => {
  it.each(layers)('%s imports only what stands below it', (layer) => {
    const wrong = filesOf(layer).flatMap((file) => {
      const allowed = mayImport[file.startsWith('app/cli/') ? 'app/cli' : layer] ?? []
      return importsOf(file)
        .filter((path) => {
          const target = layerOf(path)
          return target !== undefined && target !== layer && !allowed.includes(target)
        })
        .map((path) => `${file} imports ${path}`)
    })
    expect(wrong).toEqual([])
  })

  it.each(pure)('%s knows no database, file, clock or environment', (part) => {
    const files = layers.flatMap(filesOf).filter((file) => file.startsWith(part) && file.endsWith('.ts'))
    expect(files).not.toEqual([])
    const wrong = files.flatMap((file) => [
      ...importsOf(file)
        .filter((path) => notPure.test(path))
        .map((path) => `${file} imports ${path}`),
      ...(/Date\.now\(|new Date\(\)|process\.env|Math\.random\(/.test(readFileSync(join(root, file), 'utf8'))
        ? [`${file} asks the clock, chance or the environment`]
        : []),
    ])
    expect(wrong).toEqual([])
  })

  it('keeps its top level', () => {
    const extra = readdirSync(root).filter(
      (name) =>
        !name.startsWith('.') &&
        !topLevel.includes(name) &&
        !ignored.includes(name) &&
        !/^(Docker|Container)file|^compose\./.test(name),
    )
    expect(extra).toEqual([])
  })

  it('has no drawers and names files in kebab-case', () => {
    const files = layers.flatMap(filesOf)
    expect(files.filter((file) => /(^|\/)(utils?|helpers?|lib|common|misc)(\/|\.)/.test(file))).toEqual([])
    // Remix's flat routes write parameters and literal dots into file names.
    const named = files.filter((file) => !file.startsWith('app/routes/'))
    expect(named.filter((file) => !/^[a-z0-9/-]+(\.(server|client))?(\.d)?\.(ts|tsx|mjs)$/.test(file))).toEqual([])
  })
})
