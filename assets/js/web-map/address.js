// The state of the map in the page's address: layers and filters in the query, where one looks in
// the fragment (#zoom/latitude/longitude), which no browser sends to any server.

const VIEW = /^#(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/
const DECIMALS = 5

export class Address {
  #webMap
  #links

  constructor (webMap, block) {
    this.#webMap = webMap
    this.#links = block.querySelectorAll('[data-share-link], [data-print]')
    window.addEventListener('hashchange', () => this.goToView())
  }

  /** Go where the fragment says, if it says so. */
  goToView () {
    const found = VIEW.exec(window.location.hash)
    if (!found) return
    const [zoom, latitude, longitude] = found.slice(1).map(Number)
    this.#webMap.goTo([longitude, latitude], zoom, { isInstant: true })
  }

  write (query) {
    const [longitude, latitude] = this.#webMap.middle
    const view = `#${this.#webMap.zoom}/${latitude.toFixed(DECIMALS)}/${longitude.toFixed(DECIMALS)}`
    const search = query.toString()
    const state = `${search ? `?${search}` : ''}${view}`
    window.history.replaceState(null, '', `${window.location.pathname}${state}`)
    for (const link of this.#links) {
      link.href = new URL(link.href, window.location).pathname + state
    }
  }
}
