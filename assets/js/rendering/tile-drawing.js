// A layer of tiles on a map, as pages speak of it.
import { Labels } from './labels.js'
import { PaintedTiles } from './tile-layer.js'

// Over the shapes of Leaflet's own pane, under its markers.
const LOWEST = 410
const labelsOfMaps = new WeakMap()
let panes = 0

export class TileDrawing {
  #map
  #pane
  #painted

  /**
   * `source` and `rules` are of tile-source.js (or geojson-source.js) and rules.js. `bounds` are
   * where there is something; `order` is how high it lies, 0 the lowest, over `lowest`, a z-index.
   */
  constructor (map, latLngOf, { source, rules, order = 0, opacity = 1, minZoom, bounds, colour, lowest = LOWEST }) {
    this.#map = map
    this.latLngOf = latLngOf
    this.colour = colour
    this.lowest = lowest
    const pane = `tiles-${++panes}`
    this.#pane = map.createPane(pane)
    this.#pane.classList.add('map-tiles')
    this.#pane.style.pointerEvents = 'none'
    this.#painted = new PaintedTiles(source, rules, {
      pane, bounds, opacity, minZoom, maxZoom: map.getMaxZoom(), order, isGround: lowest < LOWEST
    })
    this.setOrder(order)
    this.#painted.addTo(map)
    namesOf(map).include(this.#painted)
  }

  setOrder (order) {
    this.#painted.options.order = order
    this.#pane.style.zIndex = this.lowest + order
    this.#painted.fire('painted')
  }

  setOpacity (opacity) {
    this.#painted.setOpacity(opacity)
  }

  setRules (rules) {
    return this.#painted.setRules(rules)
  }

  setSource (source) {
    this.#painted.setSource(source)
  }

  setFilter (keeps) {
    return this.#painted.setFilter(keeps)
  }

  /** Make a feature stand out: `kind` is hover or chosen; null for none. */
  mark (kind, fid) {
    this.#painted.mark(kind, fid, this.colour)
  }

  at (position, tolerancePx) {
    return this.#painted.at(this.latLngOf(position), tolerancePx)
  }

  retry () {
    this.#painted.retry()
  }

  get state () {
    return {
      isLoading: this.#painted.isLoading(),
      failures: this.#painted.countFailures(),
      hidesCells: this.#painted.isHidingCells(),
      showsClusters: this.#painted.isShowingClusters()
    }
  }

  /** Call whenever `state` may have changed. */
  onChanged (callback) {
    this.#painted.on('loading load painted', () => callback(this.state))
  }

  remove () {
    this.#painted.remove()
    this.#pane.remove()
  }
}

/** Return what writes the names of a map's tiles. */
export function namesOf (map) {
  if (!labelsOfMaps.has(map)) {
    const labels = new Labels({ pane: 'layer-names' })
    labelsOfMaps.set(map, labels.addTo(map))
  }
  return labelsOfMaps.get(map)
}
