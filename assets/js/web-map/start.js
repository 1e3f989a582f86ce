// Puts the parts of the page together: each knows its own corner of it, and nothing of the others.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from '../map/backdrop.js'
import { isOfPictures } from '../map/basemap.js'
import { addControls } from '../map/controls.js'
import { Address } from './address.js'
import { startBackground } from './background.js'
import { startCatalogue } from './catalogue.js'
import { startFullScreen } from './full-screen.js'
import { startGoingToPlaces } from './go-to-place.js'
import { Identify } from './identify.js'
import { InView } from './in-view.js'
import { LayersOnMap } from './layers-on-map.js'
import { Measuring } from './measuring.js'
import { startMyLocation } from './my-location.js'
import { startPointer } from './pointer.js'
import { Status } from './status.js'
import { startViews } from './views.js'

// Tiles that fade in are late by a fifth of a second, and every frame of it is painted anew.
const LOOK = { minZoom: 5, maxZoom: 20, fadeAnimation: false }
const LOOK_OVER_PICTURES = { ...LOOK, zoomSnap: 1 }
const MOST_WAIT_MS = 3000

export function startWebMap (block, settings) {
  block.classList.add('has-script')
  const { texts, addresses } = settings
  const canvas = block.querySelector('.map-block__canvas')
  const look = isOfPictures() ? LOOK_OVER_PICTURES : LOOK
  const webMap = WebMap.create(canvas, { label: settings.label, ...look })
  const address = new Address(webMap, block)
  webMap.startAt(settings.box)
  address.goToView()

  const status = new Status(block, texts)
  const layers = new LayersOnMap(webMap, block, { texts, addresses, status })
  layers.start()
  // The layers' tiles are asked for first: browsers have few connections, and little time.
  setTimeout(() => startRest(webMap, block, { settings, address, layers, status }))
  return webMap
}

function startRest (webMap, block, { settings, address, layers, status }) {
  const { texts, addresses } = settings
  startBackground(webMap, block)
  const inView = new InView(webMap, block, { layers, texts, addresses })
  const identify = new Identify(webMap, block, { layers, texts, addresses })
  const measuring = new Measuring(webMap, block, { texts, addresses })

  let isListed = false
  const onChanged = () => {
    address.write(layers.query())
    if (isListed) inView.refreshSoon()
  }
  layers.onChanged(onChanged)
  webMap.onMoved(onChanged)
  webMap.onChosen((position) => {
    if (!measuring.take(position)) identify.at(position)
  })
  inView.onShow(({ slug, fid, position }) => layers.show(slug, fid, position))
  identify.onFound((features) => layers.choose(features))

  addControls(block.querySelector('.map-block__controls'), webMap)
  startCatalogue(block, { layers, texts })
  startPointer(webMap, block, { layers, texts, addresses })
  startViews(webMap, block)
  startFullScreen(webMap, block, texts)
  startMyLocation(webMap, block)
  startTools(block, { identify, measuring })
  afterLayers(layers, () => {
    isListed = true
    inView.refreshSoon()
    startGoingToPlaces(webMap, block, { texts, addresses })
    drawBackdrop(webMap, settings.backdrop, () => status.warn('backdrop', texts.failedBackdrop))
  })
}

/** What would keep the layers waiting comes after them; where they are late, all the same. */
function afterLayers (layers, start) {
  const patience = new Promise((resolve) => setTimeout(resolve, MOST_WAIT_MS))
  Promise.race([layers.drawn, patience]).then(start)
}

function startTools (block, { identify, measuring }) {
  const actions = {
    here: () => identify.atMiddle(),
    distance: () => measuring.start('distance'),
    area: () => measuring.start('area'),
    corner: () => measuring.addMiddle(),
    undo: () => measuring.undo(),
    stop: () => measuring.stop()
  }
  block.addEventListener('click', (event) => {
    const button = event.target.closest('[data-tool]')
    if (button) actions[button.dataset.tool]?.()
  })
}
