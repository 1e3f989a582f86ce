// Builds assets/dist: the style sheets by Sass, the scripts by esbuild, the rest copied.
import { cp, mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const assets = dirname(fileURLToPath(import.meta.url))
const libraries = join(assets, '..', 'node_modules')
const dist = join(assets, 'dist')

const styleSheets = ['app', 'map', 'web-map', 'planning', 'api', 'desk', 'exported']
const scripts = [
  'app', 'map', 'map-in-view', 'web-map', 'embed', 'exported', 'framed', 'frame', 'search', 'print',
  'desk'
]
const copied = [
  [join(assets, 'img'), 'img'],
  [join(libraries, 'leaflet', 'dist', 'images'), 'images'],
  ...[400, 700].map((weight) => {
    const file = `atkinson-hyperlegible-latin-${weight}-normal.woff2`
    return [join(libraries, '@fontsource', 'atkinson-hyperlegible', 'files', file), `fonts/${file}`]
  })
]

async function buildStyleSheet (name) {
  const compiled = await sass.compileAsync(join(assets, 'css', `${name}.scss`), {
    loadPaths: [libraries],
    quietDeps: true
  })
  const { code } = await esbuild.transform(compiled.css, { loader: 'css', minify: true })
  await writeFile(join(dist, `${name}.css`), code)
}

// No source maps: hashed static file names break the address that points to them.
function buildScripts () {
  return esbuild.build({
    entryPoints: scripts.map((name) => join(assets, 'js', `${name}.js`)),
    outdir: dist,
    bundle: true,
    minify: true,
    format: 'iife',
    target: 'es2020',
    legalComments: 'none'
  })
}

await rm(dist, { recursive: true, force: true })
await mkdir(dist, { recursive: true })
await Promise.all([
  ...styleSheets.map(buildStyleSheet),
  buildScripts(),
  ...copied.map(([from, to]) => cp(from, join(dist, to), { recursive: true }))
])
