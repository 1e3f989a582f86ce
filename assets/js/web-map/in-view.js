// The list of what is in view, written by the server from the same query as the API's.

const REFRESH_AFTER_MS = 450
const DECIMALS = 5

export class InView {
  #webMap
  #layers
  #texts
  #address
  #list
  #line
  #failure
  #timer
  #request = new AbortController()
  #onShow = () => {}

  constructor (webMap, block, { layers, texts, addresses }) {
    this.#webMap = webMap
    this.#layers = layers
    this.#texts = texts
    this.#address = addresses.list
    this.#list = block.querySelector('[data-list]')
    this.#line = block.querySelector('[data-list-status]')
    this.#failure = block.querySelector('[data-list-failure]')
    this.#list.addEventListener('click', (event) => this.#press(event))
    this.canvas = block.querySelector('.map-block__canvas')
  }

  onShow (callback) {
    this.#onShow = callback
  }

  /** Ask anew once the map and the forms have been still for a moment. */
  refreshSoon () {
    clearTimeout(this.#timer)
    this.#timer = setTimeout(() => this.#refresh(this.#query()), REFRESH_AFTER_MS)
  }

  #query () {
    const query = this.#layers.query()
    query.set('bbox', this.#webMap.visibleBox.map((degrees) => degrees.toFixed(DECIMALS)))
    return query
  }

  async #refresh (query, isFocused = false) {
    this.#request.abort()
    this.#request = new AbortController()
    const { signal } = this.#request
    try {
      const response = await fetch(`${this.#address}?${query}`, { signal })
      if (!response.ok) throw new Error(`the list answered ${response.status}`)
      this.#show(await response.text(), isFocused)
    } catch {
      if (signal.aborted) return
      this.#failure.textContent = this.#texts.failedList
      this.#failure.hidden = false
    }
  }

  #show (html, isFocused) {
    const had = document.activeElement
    const wasInside = this.#list.contains(had)
    this.#list.innerHTML = html
    this.#failure.hidden = true
    const summaries = [...this.#list.querySelectorAll('[data-summary]')]
    this.#line.textContent = summaries.map(({ textContent }) => textContent).join(' ')
    // Whoever was in the list stays at it.
    if (wasInside || isFocused) document.getElementById('in-view-title').focus({ preventScroll: !isFocused })
  }

  #press (event) {
    const link = event.target.closest('[data-list-page]')
    if (link) {
      event.preventDefault()
      this.#refresh(new URL(link.href).searchParams, true)
      return
    }
    const button = event.target.closest('[data-show-on-map]')
    if (button) this.#showItem(button.closest('[data-fid]'))
  }

  #showItem (item) {
    const { fid, longitude, latitude } = item.dataset
    const slug = item.closest('[data-listed]').dataset.listed
    this.#onShow({ slug, fid, position: [Number(longitude), Number(latitude)] })
    this.canvas.scrollIntoView({ block: 'nearest' })
    this.canvas.focus({ preventScroll: true })
  }
}
