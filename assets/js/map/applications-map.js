// The map of a search of planning applications: the list's items, and an area drawn for the form.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { drawGround } from './ground.js'
import { countInView, listedPositions, markListedItems } from './listed-items.js'
import { statusOf } from './status.js'

const DECIMALS = 5
const MOST_CORNERS = 60

export function startApplicationsMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const webMap = WebMap.create(canvas, { label: settings.label })
  webMap.startAt(boxOfSearch(settings, listedPositions()))
  countInView(webMap, markListedItems(webMap, block), settings.texts, statusOf(block))
  drawBackdrop(webMap, settings.backdrop)
  drawGround(webMap, settings.ground)
  if (settings.position) {
    webMap.drawRing(settings.position, settings.radiusM)
    webMap.markHere(settings.position)
  }
  if (settings.shape.length) webMap.drawSketch(settings.shape, { isClosed: true })
  offerDrawing(webMap, block, settings.texts)
  return webMap
}

/** Everything that the page is about, or the whole council. */
function boxOfSearch ({ box, position, radiusM, shape }, listed) {
  if (position) return WebMap.boxAround(position, radiusM)
  const positions = shape.length ? shape : listed
  if (!positions.length) return box
  const [xs, ys] = [0, 1].map((axis) => positions.map((each) => each[axis]))
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

function offerDrawing (webMap, block, texts) {
  const tools = block.querySelector('[data-draw-area]')
  const field = document.getElementById('field-shape')
  if (!tools || !field) return
  const [view, draw, search] = ['view', 'corners', 'search'].map(
    (name) => tools.querySelector(`[data-draw="${name}"]`)
  )
  const status = statusOf(block)
  let corners = []
  let drawn = null
  let stop = null
  tools.hidden = false

  const fill = (positions) => { field.value = positions.map(written).join(' ') }
  const submit = (positions) => {
    fill(positions)
    field.form.requestSubmit()
  }
  const add = (position) => {
    if (corners.length === MOST_CORNERS) return status.say(texts.full)
    corners.push(position)
    drawn?.remove()
    drawn = webMap.drawSketch(corners, { isClosed: false })
    search.hidden = corners.length < 3
    status.say(texts.corner.replace('{count}', corners.length))
  }

  view.addEventListener('click', () => submit(cornersOf(webMap.visibleBox)))
  search.addEventListener('click', () => submit(corners))
  draw.addEventListener('click', () => {
    corners = []
    drawn?.remove()
    search.hidden = true
    stop?.()
    stop = draw.getAttribute('aria-pressed') === 'true' ? null : webMap.onChosen(add)
    webMap.zoomsOnDoubleClick = !stop
    draw.setAttribute('aria-pressed', String(Boolean(stop)))
    // A corner may lie on one of the numbered markers.
    block.classList.toggle('is-drawing', Boolean(stop))
    if (stop) status.say(texts.begin)
  })
}

function cornersOf ([west, south, east, north]) {
  return [[west, south], [east, south], [east, north], [west, north]]
}

function written ([longitude, latitude]) {
  return `${longitude.toFixed(DECIMALS)},${latitude.toFixed(DECIMALS)}`
}
