// The map of one place: the items of the page's lists, with the lists' own numbers.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { drawGround } from './ground.js'
import { itemPopup } from './popup.js'
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

  const items = [...document.querySelectorAll('[data-map-item]')].map(readItem)
  for (const item of items) addItem(webMap, block, item)
  countInView(webMap, items, settings.texts, statusOf(block))
  return webMap
}

// The list is the map's source, so the two cannot say different things.
function readItem (element) {
  return {
    element,
    position: [Number(element.dataset.longitude), Number(element.dataset.latitude)],
    symbol: element.querySelector('.symbol'),
    name: element.querySelector('[data-map-name]').textContent.trim(),
    facts: [...element.querySelectorAll('[data-map-fact]')].map((fact) => fact.textContent.trim()),
    button: element.querySelector('[data-show-on-map]')
  }
}

function addItem (webMap, block, item) {
  const show = (opener) => {
    const popup = webMap.openPopup(item.position, itemPopup(item.name, item.facts), opener)
    item.element.classList.add('is-shown-on-map')
    popup.onClosed(() => item.element.classList.remove('is-shown-on-map'))
  }
  webMap.mark(item.position, item.symbol.cloneNode(true), { onChoose: () => show() })
  item.button.hidden = false
  item.button.addEventListener('click', () => {
    block.scrollIntoView({ block: 'nearest' })
    show(item.button)
  })
}

function countInView (webMap, items, texts, status) {
  const update = () => {
    const seen = items.filter(({ position }) => webMap.contains(position)).length
    status.say(texts.inView.replace('{count}', seen).replace('{all}', items.length))
  }
  webMap.onMoved(update)
  update()
}
