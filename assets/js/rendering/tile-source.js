// Vector tiles (Mapbox Vector Tile 2.1) from an address, read into features.
import { VectorTile } from '@mapbox/vector-tile'
import { PbfReader } from 'pbf'

const RETRY_AFTER_MS = [400, 1600]
const TILES_KEPT = 64
const NO_CONTENT = 204

export class TileSource {
  #address
  #read = new Map()

  /** `address` has {z}, {x} and {y}; beyond `maxZoom` tiles are cut from those of it. */
  constructor ({ address, minZoom = 0, maxZoom }) {
    this.#address = address
    this.minZoom = minZoom
    this.maxZoom = maxZoom
  }

  /**
   * Return `{ extent, layers }` of a tile, null for one with nothing in it.
   * Layers are lists of features by name. A tile that cannot be had is asked for again twice.
   */
  async read ({ z, x, y }, signal) {
    const key = `${z}/${x}/${y}`
    if (!this.#read.has(key)) this.#keep(key, await this.#fetch(z, x, y, signal))
    return this.#read.get(key)
  }

  async #fetch (z, x, y, signal) {
    const address = this.#address.replace('{z}', z).replace('{x}', x).replace('{y}', y)
    const body = await fetchPatiently(address, signal)
    return body && body.byteLength > 0 ? contentOf(body) : null
  }

  #keep (key, content) {
    this.#read.set(key, content)
    if (this.#read.size > TILES_KEPT) this.#read.delete(this.#read.keys().next().value)
  }
}

async function fetchPatiently (address, signal) {
  for (const pauseMs of [...RETRY_AFTER_MS, null]) {
    try {
      return await fetchOnce(address, signal)
    } catch (error) {
      if (signal.aborted || error.isFinal || pauseMs === null) throw error
      await pause(pauseMs, signal)
    }
  }
}

async function fetchOnce (address, signal) {
  const response = await fetch(address, { signal, credentials: 'omit' })
  if (response.status === NO_CONTENT) return null
  if (response.ok) return response.arrayBuffer()
  const error = new Error(`${address} answered ${response.status}`)
  // What we ask wrongly, or what is gone, will not be right next time. 429: it will.
  error.isFinal = response.status >= 400 && response.status < 500 && response.status !== 429
  throw error
}

function pause (milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds)
    signal.addEventListener('abort', () => {
      clearTimeout(timer)
      reject(signal.reason)
    }, { once: true })
  })
}

function contentOf (body) {
  const { layers } = new VectorTile(new PbfReader(new Uint8Array(body)))
  const read = {}
  let extent = 4096
  for (const [name, layer] of Object.entries(layers)) {
    extent = layer.extent
    // Read when first asked for: a tile may have layers that nobody draws.
    Object.defineProperty(read, name, { get: once(() => featuresOf(layer)), enumerable: true })
  }
  return { extent, layers: read }
}

function featuresOf (layer) {
  return Array.from({ length: layer.length }, (_, index) => layer.feature(index))
}

function once (make) {
  let made
  return () => (made ??= make())
}
