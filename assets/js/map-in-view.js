// What a page with a map runs once one is nearly in view (see map.js): each block says what kind of
// map it holds.
import { startApplicationsMap } from './map/applications-map.js'
import { startCheckMap } from './map/check-map.js'
import { drawBasemap } from './map/basemap.js'
import { addControls } from './map/controls.js'
import { startDifferenceMap } from './map/difference-map.js'
import { startDrawingMap } from './map/drawing-map.js'
import { startFeatureMap } from './map/feature-map.js'
import { startLayerMap } from './map/layer-map.js'
import { startPlaceMap } from './map/place-map.js'
import { startPlacesMap } from './map/places-map.js'

const starters = {
  applications: startApplicationsMap,
  check: startCheckMap,
  difference: startDifferenceMap,
  drawing: startDrawingMap,
  feature: startFeatureMap,
  layer: startLayerMap,
  place: startPlaceMap,
  places: startPlacesMap
}

for (const block of document.querySelectorAll('[data-map]')) {
  const settings = JSON.parse(document.getElementById(block.dataset.settings).textContent)
  block.querySelector('.map-block__needs-script').remove()
  if (settings.colour) block.style.setProperty('--layer-colour', settings.colour)
  const webMap = starters[block.dataset.map](block, settings)
  drawBasemap(webMap, block)
  addControls(block.querySelector('.map-block__controls'), webMap)
}
