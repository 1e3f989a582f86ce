// The map of a constraint check: the site, and what was found there, numbered as in the list.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { drawGround } from './ground.js'
import { countInView, markListedItems } from './listed-items.js'
import { statusOf } from './status.js'

const CLOSEST_ZOOM = 20

export function startCheckMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label, maxZoom: CLOSEST_ZOOM })
  webMap.startAt(settings.box)
  drawBackdrop(webMap, settings.backdrop)
  drawGround(webMap, settings.ground)
  const findings = settings.findings.map(({ symbol, geometry }) => featureOf(geometry, { symbol }))
  webMap.drawFeatures(findings, {
    classNames: ({ properties }) => ['map-finding', `map-finding--${properties.symbol}`]
  })
  if (settings.site.type === 'Point') {
    webMap.markHere(settings.site.coordinates)
  } else {
    // Twice, so that the line is seen on dark and on light ground.
    webMap.drawFeatures([featureOf(settings.site)], { classNames: () => ['map-site-casing'] })
    webMap.drawFeatures([featureOf(settings.site)], { classNames: () => ['map-site'] })
  }

  const status = statusOf(block)
  const items = markListedItems(webMap, block)
  if (items.length) countInView(webMap, items, settings.texts, status)
  else status.say(settings.texts.none)
  return webMap
}

function featureOf (geometry, properties = {}) {
  return { type: 'Feature', properties, geometry }
}
