import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

const client = join(import.meta.dirname, '..', '..', '..', 'build', 'client')

interface Part {
  module: string
  imports: readonly string[]
}

/** As the build writes it. */
interface Manifest {
  entry: Part
  routes: Record<string, Part | undefined>
}

export interface ClientScript {
  /** Path under the server's root. */
  file: string
  text: string
  gzipBytes: number
}

/** Every script that a browser fetches for a page: of the entry, the root and the route, with what they import; from the manifest of the last build. */
export function clientScripts(route: string): ClientScript[] {
  const assets = join(client, 'assets')
  const name = readdirSync(assets).find((file) => /^manifest-.*\.js$/.test(file))
  if (name === undefined) throw new Error('The pages are not built: run "npm run build" first.')
  const written = readFileSync(join(assets, name), 'utf8')
  const manifest = JSON.parse(written.slice(written.indexOf('{'), written.lastIndexOf('}') + 1)) as Manifest
  const parts = [manifest.entry, manifest.routes.root, manifest.routes[route]].map((part) => {
    if (part === undefined) throw new Error(`The build has no route "${route}".`)
    return part
  })
  const files = new Set([`/assets/${name}`, ...parts.flatMap(({ module, imports }) => [module, ...imports])])
  return [...files].map((file) => {
    const text = readFileSync(join(client, file), 'utf8')
    return { file, text, gzipBytes: gzipSync(text).length }
  })
}
