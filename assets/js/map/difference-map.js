// The map of what an edition changes: each change with the number it has in the list.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { itemPopup } from './popup.js'
import { statusOf } from './status.js'

export function startDifferenceMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label, minZoom: 1 })
  webMap.startAt(settings.box)
  drawBackdrop(webMap, settings.backdrop)
  drawChanges(webMap, settings, statusOf(block))
  return webMap
}

async function drawChanges (webMap, { differenceUrl, texts }, status) {
  let features
  try {
    // The desk's own address: it knows who asks by the cookie.
    const response = await fetch(differenceUrl)
    features = (await response.json()).features
  } catch {
    status.say(texts.failed)
    return
  }
  const shapes = features.filter(({ geometry }) => geometry && !geometry.type.endsWith('Point'))
  webMap.drawFeatures(shapes, {
    classNames: ({ properties }) => [`map-change--${properties.kind}`]
  })
  for (const { properties } of features) addMark(webMap, properties, texts)
  status.say(texts.shown)
}

function addMark (webMap, { kind, number, title, position }, texts) {
  if (!position) return
  const mark = document.createElement('span')
  mark.className = `change-mark change-mark--${kind}`
  mark.textContent = number
  webMap.mark(position, mark, {
    onChoose: () => webMap.openPopup(position, itemPopup(`${number}. ${title}`, [texts[kind]]))
  })
}
