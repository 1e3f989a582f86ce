// One layer that is switched on: its card in the panel, and its drawing on the map.
import { drawLayer } from '../map/layer-drawing.js'
import { filterOf } from './filter.js'

const PERCENT = 100

export class LayerOnMap {
  #webMap
  #drawing = null
  #order = 0
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
    return this.#webMap.tileZoom >= this.settings.symbology.min_zoom
  }

  get state () {
    if (this.isReading) return { isLoading: true }
    return this.#drawing?.state
  }

  async draw () {
    this.hasFailed = false
    this.isReading = true
    this.#onChanged()
    try {
      this.#keep(await drawLayer(this.#webMap, this.settings))
    } catch {
      this.hasFailed = true
    }
    this.isReading = false
    this.#onChanged()
  }

  /** Whoever took the layer off meanwhile does not want it any more. */
  #keep (drawing) {
    if (!this.card.isConnected) {
      drawing?.remove()
      return
    }
    this.#drawing = drawing
    this.#drawing?.onChanged(() => this.#onChanged())
    // What its card says, and where it stands, may have changed while it was being read.
    this.#drawing?.setOrder(this.#order)
    this.takeOver()
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
    this.#order = order
    this.#drawing?.setOrder(order)
  }

  retry () {
    if (this.hasFailed) this.draw()
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
