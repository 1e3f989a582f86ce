// The items of a page's lists on its map, under the lists' own numbers.
import { itemPopup } from './popup.js'

/** Where the items of the page's lists are. */
export function listedPositions () {
  return listed().map(positionOf)
}

/** Mark every item of the page's lists, and have its button show it. */
export function markListedItems (webMap, block) {
  const items = listed().map(readItem)
  for (const item of items) addItem(webMap, block, item)
  return items
}

/** Say how many of the items are in view, now and whenever the map has moved. */
export function countInView (webMap, items, texts, status) {
  const update = () => {
    const seen = items.filter(({ position }) => webMap.contains(position)).length
    status.say(texts.inView.replace('{count}', seen).replace('{all}', items.length))
  }
  webMap.onMoved(update)
  update()
}

function listed () {
  return [...document.querySelectorAll('[data-map-item]')]
}

function positionOf ({ dataset }) {
  return [Number(dataset.longitude), Number(dataset.latitude)]
}

// The list is the map's source, so the two cannot say different things.
function readItem (element) {
  return {
    element,
    position: positionOf(element),
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
  item.button.addEventListener('click', () => {
    block.scrollIntoView({ block: 'nearest' })
    show(item.button)
  })
}
