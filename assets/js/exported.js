// What a map in one file runs before folium's own script, which expects a global Leaflet.
import { addControls } from './map/controls.js'
import { ExportedLayer } from './map/exported-layer.js'
import { statusOf } from './map/status.js'
import { WebMap, offerToFolium } from './rendering/leaflet.js'

const TOLERANCE_PX = 8

offerToFolium()

// The first layer lies on top.
window.councilMaps = {
  drawExported (foliumMap, { label, box, layers, texts }) {
    const block = document.querySelector('[data-map]')
    const webMap = WebMap.adopt(foliumMap, { label })
    webMap.startAt(box)
    const drawn = layers.map((settings, place) =>
      new ExportedLayer(webMap, settings, layers.length - place))
    sayWhatIsShown(webMap, drawn, texts, statusOf(block))
    webMap.onChosen((position) => {
      for (const layer of drawn) {
        if (layer.openAt(position, TOLERANCE_PX)) return
      }
    })
    addControls(block.querySelector('.map-block__controls'), webMap)
  }
}

function sayWhatIsShown (webMap, layers, texts, status) {
  const update = () => {
    const count = layers.reduce((sum, layer) => sum + layer.shownCount, 0)
    const isOff = layers.every((layer) => layer.isOff)
    const number = count.toLocaleString(document.documentElement.lang)
    if (count) status.say(texts.shown.replace('{count}', number))
    else status.say(isOff ? texts.nothing : texts.nearer)
  }
  for (const layer of layers) layer.onSwitched(update)
  webMap.onMoved(update)
  update()
}
