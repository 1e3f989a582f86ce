// The map on which a site is drawn. What it draws are the corners in the text field beside it, and
// what is drawn is written there: typing and drawing are the same thing.
import { WebMap } from '../rendering/leaflet.js'
import { drawBackdrop } from './backdrop.js'
import { drawGround } from './ground.js'
import { statusOf } from './status.js'

const CLOSEST_ZOOM = 20
// A centimetre.
const DECIMALS = 7
const FEWEST_CORNERS = 3
const DEGREES = /^\s*(4[9]|5\d|6[01])(\.\d+)?\s*[,;\s]\s*(-?\d(\.\d+)?)\s*$/

export function startDrawingMap (block, settings) {
  const canvas = block.querySelector('.map-block__canvas')
  const look = { maxZoom: CLOSEST_ZOOM, doubleClickZoom: false }
  const webMap = WebMap.create(canvas, { label: settings.label, ...look })
  webMap.startAt(settings.box)
  drawBackdrop(webMap, settings.backdrop)
  drawGround(webMap, settings.ground)
  const drawing = new Drawing(webMap, block, settings.texts)
  webMap.onChosen((position) => drawing.choose(position))
  block.querySelector('.check-draw').addEventListener('click', (event) => {
    const button = event.target.closest('[data-draw]')
    if (button) drawing[button.dataset.draw]()
  })
  webMap.markMiddle()
  return webMap
}

class Drawing {
  #corners = []
  #isClosed = false
  // The field says what this map cannot show, such as eastings: nothing is written over that.
  #isUnreadable = false
  #sketch = null

  constructor (webMap, block, texts) {
    this.webMap = webMap
    this.texts = texts
    this.status = statusOf(block)
    this.field = document.getElementById(block.dataset.corners)
    this.form = this.field.form
    this.field.addEventListener('input', () => this.#readTyped())
    this.#read()
    if (this.#corners.length > 1) webMap.startAt(boxOf(this.#corners))
  }

  /** Take a place that was clicked: as a corner, or where it is the first one again, as the end. */
  choose (position) {
    const isWhole = this.#corners.length >= FEWEST_CORNERS
    if (isWhole && this.webMap.isBeside(position, this.#corners[0])) this.close()
    else this.add(position)
  }

  add (position = this.webMap.middle) {
    if (this.#isUnreadable) return this.#show()
    if (this.#isClosed) return
    this.#corners.push(position.map((degrees) => Number(degrees.toFixed(DECIMALS))))
    this.#write()
  }

  undo () {
    if (this.#isUnreadable) return this.#show()
    if (this.#isClosed) this.#isClosed = false
    else this.#corners.pop()
    this.#write()
  }

  clear () {
    this.#corners = []
    this.#isClosed = false
    this.#write()
  }

  close () {
    if (this.#corners.length < FEWEST_CORNERS) return this.#show()
    this.#isClosed = true
    this.#show()
    this.form.querySelector('[data-draw-done]').focus()
  }

  #write () {
    this.#isUnreadable = false
    this.field.value = this.#corners
      .map((position) => position.map((degrees) => degrees.toFixed(DECIMALS)))
      .map(([longitude, latitude]) => `${latitude}, ${longitude}`)
      .join('\n')
    this.form.querySelector('[data-given-as]').value = 'drawn'
    this.#show()
  }

  // What somebody types over what was drawn is typed; what a check brings back is what it was.
  #readTyped () {
    this.form.querySelector('[data-given-as]').value = 'typed'
    this.#read()
  }

  #read () {
    const text = this.field.value.trim()
    // An empty line begins another part, and here is one part alone.
    const matches = text ? text.split('\n').map((line) => line.match(DEGREES)) : []
    this.#isClosed = false
    this.#isUnreadable = !matches.every(Boolean)
    this.#corners = this.#isUnreadable
      ? []
      : matches.map(([, whole, part, longitude]) => [Number(longitude), Number(whole + (part ?? ''))])
    this.#show()
  }

  #show () {
    this.#sketch?.remove()
    this.#sketch = this.webMap.drawSketch(this.#corners, { isClosed: this.#isClosed })
    this.status.say(this.#isUnreadable ? this.texts.unreadable : this.#words())
  }

  #words () {
    const count = this.#corners.length
    if (!count) return this.texts.start
    if (count === 1) return this.texts.one
    const text = count < FEWEST_CORNERS
      ? this.texts.few
      : this.#isClosed ? this.texts.closed : this.texts.enough
    return text.replace('{count}', count)
  }
}

function boxOf (positions) {
  const [xs, ys] = [0, 1].map((axis) => positions.map((position) => position[axis]))
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}
