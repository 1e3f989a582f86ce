// One layer that is switched on: its card in the panel, and its drawing on the map.
import { fetchItems } from '../map/items.js'
import { GeoJsonSource } from '../rendering/geojson-source.js'
import { rulesOf } from '../rendering/rules.js'
import { TileSource } from '../rendering/tile-source.js'
import { filterOf } from './filter.js'

const PERCENT = 100
// A name is worth reading only where there is room for it.
const NO_FEATURES = []

export class LayerOnMap {
  #webMap
  #drawing = null
  #onChanged
  hasFailed = false
  isReading = false

  constructor (webMap, card, onChanged) {
    this.#webMap = webMap
    this.card = card
    this.settings = JSON.parse(card.querySelector('script[type="application/json"]').textContent)
    this.#onChanged = onChanged
  }

  get slug () {
    return this.settings.slug
  }

  get title () {
    return this.settings.title
  }

  /** Whether the map is near enough for it. */
  get isDrawn () {
    return this.#webMap.zoom >= this.settings.symbology.min_zoom
  }

  get state () {
    if (this.isReading) return { isLoading: true }
    return this.#drawing?.state
  }

  async draw (order) {
    this.hasFailed = false
    this.isReading = true
    this.#onChanged()
    try {
      const source = await this.#source()
      if (source && this.card.isConnected) this.#drawFrom(source, order)
    } catch {
      this.hasFailed = true
    }
    this.isReading = false
    this.#onChanged()
  }

  async #source () {
    const { source, slug } = this.settings
    if (!source) return null
    if (source.kind === 'tiles') return new TileSource(source)
    const { features } = await fetchItems(source.address)
    return new GeoJsonSource(slug, features ?? NO_FEATURES)
  }

  #drawFrom (source, order) {
    const { symbology, slug, box } = this.settings
    this.#drawing = this.#webMap.drawTiles({
      source,
      box,
      order,
      rules: rulesOf(symbology, slug),
      opacity: this.#opacity,
      minZoom: symbology.min_zoom,
      colour: symbology.colour
    })
    this.#drawing.onChanged(() => this.#onChanged())
    this.filter()
  }

  get #opacity () {
    return Number(this.card.querySelector('input[type=range]').value) / PERCENT
  }

  /** Take over what its card says now. */
  takeOver () {
    this.#drawing?.setOpacity(this.#opacity)
    this.filter()
  }

  filter () {
    this.#drawing?.setFilter(filterOf(this.settings, new FormData(this.card.closest('form'))))
  }

  setOrder (order) {
    this.#drawing?.setOrder(order)
  }

  retry (order) {
    if (this.hasFailed) this.draw(order)
    else this.#drawing?.retry()
  }

  mark (kind, fid) {
    this.#drawing?.mark(kind, fid)
  }

  at (position, tolerancePx) {
    return this.#drawing?.at(position, tolerancePx) ?? { features: [], cluster: null }
  }

  remove () {
    this.#drawing?.remove()
    this.card.remove()
  }
}
