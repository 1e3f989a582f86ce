// What lies under every map of a page: our own tiles, pictures of another host, or nothing.
import { drawOwn } from './basemap-own.js'
import { drawPictures } from './basemap-pictures.js'

const KINDS = { own: drawOwn, pictures: drawPictures }

/**
 * Draw the page's basemap under a map. `block` is the element that the map stands in.
 * Returns what takes it away again, or null where there is none.
 */
export function drawBasemap (webMap, block) {
  const settings = readSettings()
  const draw = KINDS[settings.kind]
  if (!draw) return null
  block.classList.add('has-basemap')
  const line = block.querySelector('.map-block__basemap-status')
  // Screen readers read a line out each time that it is written.
  const say = (text) => { if (line.textContent !== text) line.textContent = text }
  const remove = draw(webMap, block, settings, say)
  return () => {
    block.classList.remove('has-basemap')
    remove()
    say('')
  }
}

/** Whether it is pictures of another host, which are sharp at whole zooms alone. */
export function isOfPictures () {
  return readSettings().kind === 'pictures'
}

function readSettings () {
  const element = document.getElementById('basemap-settings')
  return element ? JSON.parse(element.textContent) : {}
}
