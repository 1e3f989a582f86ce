// The layers that are switched on, in the order of their cards: the first lies on top.
import { LayerOnMap } from './layer.js'

const SHOWN_FROM_ZOOM = 15
const CHANGED_AFTER_MS = 150

export class LayersOnMap {
  #webMap
  #panel
  #list
  #layers = []
  #texts
  #addresses
  #status
  #announce
  #attributions
  #backdropAttribution
  #callbacks = []
  #onDrawn
  /** Kept once all layers that the page came with are drawn, or cannot be. */
  drawn = new Promise((resolve) => { this.#onDrawn = resolve })
  #timer

  constructor (webMap, block, { texts, addresses, status }) {
    this.#webMap = webMap
    this.#panel = block.querySelector('[data-map-panel]')
    this.#list = this.#panel.querySelector('[data-chosen]')
    this.#attributions = block.querySelector('[data-attributions]')
    this.#backdropAttribution = block.querySelector('[data-backdrop-attribution]')
    this.#announce = this.#panel.querySelector('[data-panel-status]')
    this.#texts = texts
    this.#addresses = addresses
    this.#status = status
    status.onRetry(() => this.#layers.forEach((layer) => layer.retry()))
    webMap.onMoved(() => this.#describe())
    this.#listen()
  }

  /** Draw the layers whose cards came with the page. */
  start () {
    for (const card of this.#list.querySelectorAll('[data-layer]')) this.#include(card, false)
    this.#reorder()
    this.#describe()
    this.#changed()
  }

  onChanged (callback) {
    this.#callbacks.push(callback)
  }

  has (slug) {
    return this.#layers.some((layer) => layer.slug === slug)
  }

  get isEmpty () {
    return this.#layers.length === 0
  }

  /** What the page's address says of them: see maps/web_map/asked.py. */
  query () {
    const query = new URLSearchParams()
    for (const { slug } of this.#layers) query.append('layer', slug)
    for (const [name, value] of new FormData(this.#panel)) {
      const isUsual = !value || (name.startsWith('opacity.') && value === '100') ||
        (name === 'basemap' && value === 'on')
      if (name !== 'layer' && name !== 'area' && !isUsual) query.append(name, value)
    }
    return query
  }

  async add (slug) {
    const response = await fetch(`${this.#addresses.card}${encodeURIComponent(slug)}`)
    if (!response.ok) throw new Error(`no card of ${slug}: ${response.status}`)
    if (this.has(slug)) return
    const holder = document.createElement('template')
    holder.innerHTML = await response.text()
    const card = holder.content.querySelector('[data-layer]')
    this.#list.prepend(card)
    this.#include(card, true)
    this.#reorder()
    this.say(this.#texts.added, { layer: this.#layers[0].title })
    this.#changed()
  }

  remove (slug) {
    const layer = this.#layers.find((each) => each.slug === slug)
    if (!layer) return
    this.#layers.splice(this.#layers.indexOf(layer), 1)
    layer.remove()
    this.say(this.#texts.removed, { layer: layer.title })
    this.#describe()
    this.#changed()
  }

  /** Show a feature of the list: go there and make it stand out. */
  show (slug, fid, position) {
    this.#webMap.goTo(position, Math.max(this.#webMap.zoom, SHOWN_FROM_ZOOM))
    this.choose([{ slug, fid }])
  }

  /** Make features stand out, one of each layer at most. */
  choose (features) {
    for (const layer of this.#layers) {
      const chosen = features.find(({ slug }) => slug === layer.slug)
      layer.mark('chosen', chosen?.fid ?? null)
    }
  }

  /** Return the uppermost thing at a place, `{ layer, properties }` or `{ cluster }`, or null. */
  top (position, tolerancePx) {
    for (const layer of this.#layers) {
      const { features: [properties], cluster } = layer.at(position, tolerancePx)
      if (properties) return { layer, properties }
      if (cluster) return { layer, cluster }
    }
    return null
  }

  hover (found) {
    for (const layer of this.#layers) {
      layer.mark('hover', found?.layer === layer && found.properties ? found.properties.fid : null)
    }
  }

  #include (card, isFirst) {
    const layer = new LayerOnMap(this.#webMap, card, () => this.#describe())
    if (isFirst) this.#layers.unshift(layer)
    else this.#layers.push(layer)
    layer.draw()
  }

  #listen () {
    this.#panel.addEventListener('submit', (event) => event.preventDefault())
    this.#panel.addEventListener('change', ({ target }) => {
      if (target.name === 'basemap') this.#changed()
    })
    this.#list.addEventListener('click', (event) => {
      const button = event.target.closest('[data-do]')
      if (button) this.#do(button.dataset.do, this.#layerOf(button), button)
    })
    this.#list.addEventListener('input', (event) => {
      this.#layerOf(event.target)?.takeOver()
      this.#changed()
    })
  }

  #layerOf (element) {
    const card = element.closest('[data-layer]')
    return this.#layers.find((layer) => layer.card === card)
  }

  #do (action, layer, button) {
    if (action === 'zoom') this.#webMap.goToBox(layer.settings.box)
    if (action === 'remove') {
      this.#uncheck(layer.slug)
      this.remove(layer.slug)
    }
    if (action === 'up' || action === 'down') this.#move(layer, action === 'up' ? -1 : 1, button)
  }

  /** Whoever took a layer off stays in the panel: at its checkbox. */
  #uncheck (slug) {
    const box = this.#panel.querySelector(`input[name=layer][value="${CSS.escape(slug)}"]`)
    if (!box) return
    box.checked = false
    box.focus()
  }

  #move (layer, step, button) {
    const place = this.#layers.indexOf(layer)
    const other = this.#layers[place + step]
    if (!other) {
      this.say(step < 0 ? this.#texts.isTop : this.#texts.isBottom, { layer: layer.title })
      return
    }
    this.#layers.splice(place, 1)
    this.#layers.splice(place + step, 0, layer)
    if (step < 0) other.card.before(layer.card)
    else other.card.after(layer.card)
    button.focus()
    this.#reorder()
    this.say(this.#texts.above, { layer: layer.title, place: place + step + 1 })
    this.#changed()
  }

  #reorder () {
    this.#layers.forEach((layer, place) => layer.setOrder(this.#layers.length - place))
  }

  #describe () {
    this.#panel.querySelector('[data-no-layers]').hidden = !this.isEmpty
    for (const layer of this.#layers) describeCard(layer, this.#texts)
    this.#status.describe(this.#layers)
    if (!this.#layers.some(({ state }) => state?.isLoading)) this.#onDrawn()
    this.#attribute()
  }

  #attribute () {
    this.#attributions.textContent = this.#layers
      .map(({ title, settings }) => `${title}: ${settings.attribution} `).join('')
    const backdrop = this.#backdropAttribution
    if (!backdrop) return
    // Switched on, it is named among the layers already.
    backdrop.hidden = this.has(backdrop.dataset.backdropAttribution)
  }

  /** Tell people who do not see the panel what has happened in it. */
  say (text, values = {}) {
    this.#announce.textContent = Object.entries(values)
      .reduce((said, [name, value]) => said.replace(`{${name}}`, value), text)
  }

  #changed () {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#callbacks.forEach((tell) => tell()), CHANGED_AFTER_MS)
  }
}

function describeCard (layer, texts) {
  const line = layer.card.querySelector('[data-state]')
  line.hidden = !layer.hasFailed
  line.textContent = layer.hasFailed ? texts.failedLayer : ''
  layer.card.classList.toggle('is-out-of-scale', !layer.isDrawn)
}
