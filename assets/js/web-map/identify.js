// What is at a place, across the layers that are switched on: asked of the server, which says it in
// the words of the layers' own pages.

const DECIMALS = 6
const CLUSTER_STEPS = 2
const TOLERANCE_PX = 5
// Where the panel is below the map instead of beside it, as web-map.scss has it.
const IN_ONE_COLUMN = window.matchMedia('(max-width: 55.99em)')

export class Identify {
  #webMap
  #layers
  #texts
  #address
  #box
  #stage
  #side
  #answer
  #line
  #request = new AbortController()
  #onFound = () => {}
  #pin = null
  #opener = null

  constructor (webMap, block, { layers, texts, addresses }) {
    this.#webMap = webMap
    this.#layers = layers
    this.#texts = texts
    this.#address = addresses.here
    this.#box = block.querySelector('[data-answers]')
    this.#stage = block.querySelector('.map-block__stage')
    this.#side = this.#box.parentElement
    this.#answer = block.querySelector('[data-answer]')
    this.#line = block.querySelector('[data-answer-status]')
    this.canvas = block.querySelector('.map-block__canvas')
    block.querySelector('[data-close-answers]').addEventListener('click', () => this.close())
    this.#box.addEventListener('keydown', ({ key }) => { if (key === 'Escape') this.close() })
  }

  onFound (callback) {
    this.#onFound = callback
  }

  atMiddle () {
    this.#opener = document.activeElement
    this.#ask(this.#webMap.middle)
  }

  /** A click: into a circle of many, or for what is there. */
  at (position) {
    this.#opener = this.canvas
    if (this.#layers.top(position, TOLERANCE_PX)?.cluster) {
      this.#webMap.goTo(position, this.#webMap.zoom + CLUSTER_STEPS)
      return
    }
    this.#ask(position)
  }

  async #ask (position) {
    this.#request.abort()
    this.#request = new AbortController()
    const { signal } = this.#request
    this.#open(position)
    if (this.#layers.isEmpty) {
      this.#say(this.#texts.nothingChosen)
      return
    }
    this.#say(this.#texts.asking)
    try {
      const response = await fetch(this.#addressOf(position), { signal })
      if (!response.ok) throw new Error(`${response.status}`)
      this.#answer.innerHTML = await response.text()
      const found = [...this.#answer.querySelectorAll('[data-fid]')].map(({ dataset }) =>
        ({ slug: dataset.layer, fid: dataset.fid }))
      this.#line.textContent = this.#texts.foundHere.replace('{count}', found.length)
      this.#onFound(found)
    } catch {
      if (!signal.aborted) this.#say(this.#texts.failedHere)
    }
  }

  #addressOf ([longitude, latitude]) {
    const query = this.#layers.query()
    query.set('lon', longitude.toFixed(DECIMALS))
    query.set('lat', latitude.toFixed(DECIMALS))
    query.set('zoom', this.#webMap.zoom)
    query.set('part', 1)
    return `${this.#address}?${query}`
  }

  #open (position) {
    this.#pin?.remove()
    this.#pin = this.#webMap.pinPoint(position)
    // In one column the answer is right under the map, so that both are on the screen.
    if (IN_ONE_COLUMN.matches) this.#stage.after(this.#box)
    else this.#side.prepend(this.#box)
    this.#box.hidden = false
    const heading = this.#box.querySelector('h2')
    heading.focus({ preventScroll: true })
    heading.scrollIntoView({ block: 'nearest' })
  }

  #say (text) {
    const line = document.createElement('p')
    line.className = 'govuk-body'
    line.textContent = text
    this.#answer.replaceChildren(line)
    this.#line.textContent = text
  }

  close () {
    this.#request.abort()
    this.#pin?.remove()
    this.#box.hidden = true
    this.#onFound([])
    const opener = this.#opener ?? this.canvas
    opener.focus({ preventScroll: true })
    opener.scrollIntoView({ block: 'nearest' })
  }
}
