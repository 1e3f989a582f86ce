// The map of a source's first places, as they were read: it shows at a glance what is misplaced.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { statusOf } from './status.js'

export function startPlacesMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label, minZoom: 1 })
  webMap.startAt(settings.box)
  drawBackdrop(webMap, settings.backdrop)
  webMap.drawFeatures(settings.places.map((coordinates) => ({
    type: 'Feature',
    properties: {},
    geometry: { type: 'Point', coordinates }
  })))
  statusOf(block).say(settings.texts.shown)
  return webMap
}
