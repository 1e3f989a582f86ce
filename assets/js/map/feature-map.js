// The map of one feature's page.
import { WebMap } from '../rendering/leaflet.js'
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

async function drawFeature (webMap, { itemUrl, mark, texts }, status) {
  let feature
  try {
    feature = await fetchJson(itemUrl)
  } catch {
    status.say(texts.failed)
    return
  }
  const drawing = webMap.drawFeatures([feature])
  // A dot has no size to fit; the neighbourhood around it says more.
  if (mark !== 'point') webMap.startAt(drawing.box)
}
