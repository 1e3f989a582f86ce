// The map of one feature's page.
import { GeoJsonSource, boxAround } from '../rendering/geojson-source.js'
import { WebMap } from '../rendering/leaflet.js'
import { rulesOf } from '../rendering/rules.js'
import { drawBackdrop } from './backdrop.js'
import { fetchJson } from './items.js'
import { statusOf } from './status.js'

const STARTING_RADIUS_M = 800

export function startFeatureMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label })
  webMap.startAround(settings.position, STARTING_RADIUS_M)
  drawBackdrop(webMap, settings.backdrop)
  drawFeature(webMap, settings, statusOf(block))
  return webMap
}

async function drawFeature (webMap, { itemUrl, drawn, texts }, status) {
  let feature
  try {
    feature = await fetchJson(itemUrl)
  } catch {
    status.say(texts.failed)
    return
  }
  const box = boxAround(feature.geometry)
  webMap.drawTiles({
    source: new GeoJsonSource(drawn.slug, [feature]),
    rules: rulesOf({ ...drawn.symbology, min_zoom: 0 }, drawn.slug),
    colour: drawn.symbology.colour
  })
  // A dot has no size to fit; the neighbourhood around it says more.
  if (drawn.symbology.mark !== 'point' && box) webMap.startAt(box)
}
