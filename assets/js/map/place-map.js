// The map of one place: the items of the page's lists, with the lists' own numbers.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { drawGround } from './ground.js'
import { countInView, markListedItems } from './listed-items.js'
import { statusOf } from './status.js'

const METRES_IN_A_MILE = 1609.344
const RINGS_M = [METRES_IN_A_MILE / 2, METRES_IN_A_MILE]

export function startPlaceMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label })
  webMap.startAround(settings.position, settings.radiusM)
  drawBackdrop(webMap, settings.backdrop)
  drawGround(webMap, settings.ground)
  for (const radiusM of RINGS_M) webMap.drawRing(settings.position, radiusM)
  webMap.markHere(settings.position)

  countInView(webMap, markListedItems(webMap, block), settings.texts, statusOf(block))
  return webMap
}
