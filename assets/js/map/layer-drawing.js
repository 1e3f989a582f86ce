// A layer on a map, however its features come: all of them at once, or in tiles. What it is told is
// of maps/web_map/drawn_layer.py.
import { GeoJsonSource } from '../rendering/geojson-source.js'
import { rulesOf } from '../rendering/rules.js'
import { TileSource } from '../rendering/tile-source.js'
import { fetchItems } from './items.js'

/** Return the drawing, or null for a layer without any location. Rejects where it cannot be had. */
export async function drawLayer (webMap, { source, slug, box, symbology }, look = {}) {
  if (!source) return null
  return webMap.drawTiles({
    source: await sourceOf(source, slug),
    box,
    rules: rulesOf(symbology, slug),
    minZoom: symbology.min_zoom,
    colour: symbology.colour,
    ...look
  })
}

async function sourceOf (source, slug) {
  if (source.kind === 'tiles') return new TileSource(source)
  const { features } = await fetchItems(source.address)
  return new GeoJsonSource(slug, features)
}
