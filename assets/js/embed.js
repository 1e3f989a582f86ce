// What an embedded map runs before folium's own script, which expects a global Leaflet.
import { drawBackdrop } from './map/backdrop.js'
import { drawBasemap } from './map/basemap.js'
import { addControls } from './map/controls.js'
import { showLayer } from './map/layer-in-view.js'
import { statusOf } from './map/status.js'
import { WebMap, offerToFolium } from './rendering/leaflet.js'

offerToFolium()

// Folium makes the map; from then on it behaves as the service's own maps do.
window.councilMaps = {
  drawLayer (foliumMap, settings) {
    const block = document.querySelector('[data-map]')
    if (settings.colour) block.style.setProperty('--layer-colour', settings.colour)
    const webMap = WebMap.adopt(foliumMap, { label: settings.label })
    webMap.startAt(settings.box)
    drawBackdrop(webMap, settings.backdrop)
    drawBasemap(webMap, block)
    showLayer(webMap, settings, statusOf(block))
    addControls(block.querySelector('.map-block__controls'), webMap)
  }
}
