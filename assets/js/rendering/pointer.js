// Where the pointer is over the map, and the few words beside it.
import L from 'leaflet'

/** Call with the latitude and longitude under the pointer, once a frame at most, or with null. */
export function followPointer (map, callback) {
  let last = null
  let isWaiting = false
  const tell = () => {
    isWaiting = false
    callback(last)
  }
  map.on('mousemove', ({ latlng }) => {
    last = latlng
    if (isWaiting || map.dragging.moving()) return
    isWaiting = true
    requestAnimationFrame(tell)
  })
  map.on('mouseout', () => {
    last = null
    callback(null)
  })
}

export class Hint {
  #map
  #tooltip = L.tooltip({ className: 'map-hint', direction: 'top', offset: [0, -8], opacity: 1 })

  constructor (map) {
    this.#map = map
    map.on('movestart', () => this.show(null))
  }

  show (text, latLng) {
    this.#map.getContainer().classList.toggle('is-over-feature', Boolean(text))
    if (!text) {
      this.#tooltip.remove()
      return
    }
    // As text: what data says is never HTML.
    const words = document.createElement('span')
    words.textContent = text
    this.#tooltip.setContent(words).setLatLng(latLng).addTo(this.#map)
    // The list and the answers have the same words; a screen reader is not told of each move.
    this.#tooltip.getElement().setAttribute('aria-hidden', 'true')
  }
}
