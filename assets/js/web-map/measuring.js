// Distances and areas: corners are chosen here, and measured by the server in the National Grid.

const DECIMALS = 8
const FEWEST_CORNERS = { distance: 2, area: 3 }

export class Measuring {
  #webMap
  #texts
  #address
  #box
  #said
  #references
  #buttons
  #kind = null
  #corners = []
  #isFinished = false
  #drawing = null
  #request = new AbortController()

  constructor (webMap, block, { texts, addresses }) {
    this.#webMap = webMap
    this.#texts = texts
    this.#address = addresses.measure
    this.#box = block.querySelector('[data-measure]')
    this.#said = block.querySelector('[data-measured]')
    this.#references = block.querySelector('[data-measured-corners]')
    this.#buttons = block.querySelectorAll('[data-tool="distance"], [data-tool="area"]')
    webMap.onDoubleClick(() => this.finish())
    this.canvas = block.querySelector('.map-block__canvas')
    for (const part of [this.canvas, this.#box, ...this.#buttons]) {
      part.addEventListener('keydown', ({ key }) => {
        if (key === 'Escape' && this.#kind) this.stop()
      })
    }
  }

  start (kind) {
    if (this.#kind === kind) {
      this.stop()
      return
    }
    this.#kind = kind
    this.#corners = []
    this.#isFinished = false
    this.#box.hidden = false
    this.#update()
    // It stands under the tools, which may be the last thing on the screen.
    this.#box.scrollIntoView({ block: 'nearest' })
  }

  stop () {
    this.#kind = null
    this.#corners = []
    this.#box.hidden = true
    this.#update()
    this.canvas.focus({ preventScroll: true })
  }

  /** Take a click as a corner; returns whether it was wanted. */
  take (position) {
    if (!this.#kind || this.#isFinished) return false
    this.#corners.push(position)
    this.#update()
    return true
  }

  /** Take no more clicks. What is measured stays, and the buttons beside it go on with it. */
  finish () {
    if (!this.#kind || this.#corners.length < FEWEST_CORNERS[this.#kind]) return
    this.#isFinished = true
    this.#webMap.zoomsOnDoubleClick = true
  }

  addMiddle () {
    this.#isFinished = false
    this.take(this.#webMap.middle)
  }

  undo () {
    this.#isFinished = false
    this.#corners.pop()
    this.#update()
  }

  #update () {
    for (const button of this.#buttons) {
      button.setAttribute('aria-pressed', button.dataset.tool === this.#kind)
    }
    this.#webMap.zoomsOnDoubleClick = !this.#kind
    this.#drawing?.remove()
    this.#drawing = this.#webMap.drawMeasured(this.#corners, { isArea: this.#kind === 'area' })
    this.#references.textContent = ''
    this.#request.abort()
    if (!this.#kind) return
    if (this.#corners.length < FEWEST_CORNERS[this.#kind]) {
      this.#said.textContent = this.#corners.length ? this.#texts.measureMore : this.#texts.measureStart
    } else {
      this.#measure()
    }
  }

  async #measure () {
    this.#request = new AbortController()
    const { signal } = this.#request
    const corners = this.#corners.map((position) =>
      position.map((degrees) => degrees.toFixed(DECIMALS)).join(',')).join(';')
    try {
      const body = new URLSearchParams({ kind: this.#kind, corners })
      const response = await fetch(this.#address, { method: 'POST', body, signal })
      const { said, references, fault } = await response.json()
      this.#said.textContent = fault ?? `${said.join('. ')}.`
      if (references) {
        this.#references.textContent = this.#texts.corners.replace('{references}', references.join('; '))
      }
    } catch {
      if (!signal.aborted) this.#said.textContent = this.#texts.failedMeasure
    }
  }
}
