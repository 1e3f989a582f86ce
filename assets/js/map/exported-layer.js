// One layer of a map in one file: its features are in the page itself.
import { GeoJsonSource, boxAround } from '../rendering/geojson-source.js'
import { rulesOf } from '../rendering/rules.js'
import { fieldsPopup } from './popup.js'

const MOST_LISTED = 500

export class ExportedLayer {
  #webMap
  #settings
  #order
  #features
  #entry
  #drawing = null

  /** `order` is how high it lies. */
  constructor (webMap, settings, order) {
    this.#webMap = webMap
    this.#settings = settings
    this.#order = order
    const { features } = JSON.parse(document.getElementById(settings.data).textContent)
    this.#features = features.filter(({ geometry }) => geometry)
    this.#entry = document.querySelector(`[data-layer="${settings.data}"]`)
    this.#list()
    this.#draw()
  }

  get isOff () {
    return this.#drawing === null
  }

  /** How many features are drawn: none while the map is too far away for the layer. */
  get shownCount () {
    const isNear = this.#webMap.tileZoom >= this.#settings.symbology.min_zoom
    return this.isOff || !isNear ? 0 : this.#features.length
  }

  onSwitched (callback) {
    const box = this.#entry.querySelector('input')
    box.disabled = false
    box.addEventListener('change', () => {
      if (box.checked) this.#draw()
      else this.#remove()
      callback()
    })
  }

  /** Say what is at a place, and whether there is anything. */
  openAt (position, tolerancePx) {
    const found = this.#drawing?.at(position, tolerancePx).features ?? []
    const feature = found.length && this.#features.find(({ id }) => String(id) === found[0].fid)
    if (feature) this.#open(feature, position)
    return Boolean(feature)
  }

  #draw () {
    const { symbology, data } = this.#settings
    this.#drawing = this.#webMap.drawTiles({
      source: new GeoJsonSource(data, this.#features),
      rules: rulesOf(symbology, data),
      minZoom: symbology.min_zoom,
      colour: symbology.colour,
      order: this.#order
    })
  }

  #remove () {
    this.#drawing.remove()
    this.#drawing = null
  }

  #open (feature, position, opener) {
    const { fields, titleField } = this.#settings
    this.#drawing?.mark('chosen', String(feature.id))
    const popup = this.#webMap.openPopup(
      position, fieldsPopup(feature, fields, titleField), opener)
    popup.onClosed(() => this.#drawing?.mark('chosen', null))
  }

  #list () {
    const details = this.#entry.querySelector('details')
    const listed = this.#features.slice(0, MOST_LISTED)
    details.hidden = listed.length === 0
    const list = document.createElement('ul')
    list.append(...listed.map((feature) => this.#item(feature)))
    details.append(list)
  }

  #item (feature) {
    const button = document.createElement('button')
    button.type = 'button'
    button.textContent = String(feature.properties[this.#settings.titleField] ?? feature.id)
    button.addEventListener('click', () => {
      this.#open(feature, middleOf(boxAround(feature.geometry)), button)
    })
    const item = document.createElement('li')
    item.append(button)
    return item
  }
}

const middleOf = ([west, south, east, north]) => [(west + east) / 2, (south + north) / 2]
