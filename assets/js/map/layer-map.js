// The map of one layer's page: its features, of whatever is in view.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { showLayer } from './layer-in-view.js'
import { statusOf } from './status.js'

export function startLayerMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label })
  webMap.startAt(settings.box)
  drawBackdrop(webMap, settings.backdrop)
  showLayer(webMap, settings, statusOf(block))
  return webMap
}
