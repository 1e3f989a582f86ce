// The names of everything that is painted, written over the whole map so that no edge of a tile
// cuts them, and left out where they would lie on one another.
import L from 'leaflet'
import { casingColour } from './colours.js'
import { widthAt } from './rules.js'

const FONT = '"Atkinson Hyperlegible", sans-serif'
const BESIDE_PX = 9
const PADDING_PX = 2
const CASING_PX = 3
const REWRITE_AFTER_MS = 80
// A name comes again only so far on: areas and roads are in several tiles.
const APART_PX = 280

export const Labels = L.Layer.extend({
  initialize (options) {
    L.setOptions(this, options)
    this.tiles = new Set()
    this.taken = []
    this.markers = []
  },

  onAdd (map) {
    this.canvas = L.DomUtil.create('canvas', 'map-names', map.getPane(this.options.pane))
    this.canvas.setAttribute('aria-hidden', 'true')
  },

  onRemove () {
    this.canvas.remove()
  },

  getEvents () {
    return { moveend: this.write, zoomstart: this.hide, resize: this.write }
  },

  /** Write the names that a layer of tiles holds, from now on. */
  include (painted) {
    this.tiles.add(painted)
    painted.on('painted', this.writeSoon, this)
    painted.on('remove', () => this.leaveOut(painted))
  },

  leaveOut (painted) {
    this.tiles.delete(painted)
    painted.off('painted', this.writeSoon, this)
    this.writeSoon()
  },

  hide () {
    this.canvas.hidden = true
  },

  writeSoon () {
    clearTimeout(this.timer)
    this.timer = setTimeout(() => this._map && this.write(), REWRITE_AFTER_MS)
  },

  write () {
    const size = this._map.getSize()
    const ratio = window.devicePixelRatio || 1
    L.DomUtil.setPosition(this.canvas, this._map.containerPointToLayerPoint([0, 0]))
    Object.assign(this.canvas, { width: size.x * ratio, height: size.y * ratio, hidden: false })
    Object.assign(this.canvas.style, { width: `${size.x}px`, height: `${size.y}px` })
    const context = this.canvas.getContext('2d')
    context.scale(ratio, ratio)
    context.textBaseline = 'middle'
    context.lineJoin = 'round'
    const taken = this.taken = []
    // What lies on top is named first.
    for (const painted of [...this.tiles].sort(byOrder)) {
      for (const label of this.labelsOf(painted)) {
        writeOne(context, label, taken, size, this._map.getZoom())
      }
    }
    this.hideCovered()
  },

  /** Have the names of markers give way to those that are written here, from now on. */
  giveWay (markers) {
    this.markers = markers
    this.hideCovered()
  },

  hideCovered () {
    const names = this.markers.map((marker) => marker.getElement()?.firstElementChild).filter(Boolean)
    const corner = this._map.getContainer().getBoundingClientRect()
    const boxes = names.map((name) => boxWithin(corner, name.getBoundingClientRect()))
    names.forEach((name, place) => {
      const isCovered = this.taken.some((other) => overlaps(boxes[place], other, APART_PX))
      name.classList.toggle('is-covered', isCovered)
    })
  },

  /** Return a layer's names with their places in the container, the most important first. */
  labelsOf (painted) {
    const zoom = Math.round(this._map.getZoom())
    const scale = this._map.getZoomScale(this._map.getZoom(), zoom)
    const corner = this._map.project(this._map.containerPointToLatLng([0, 0]), this._map.getZoom())
    const labels = []
    for (const { coords, found, scale: paintedScale } of painted.painted.values()) {
      if (coords.z !== zoom || !found) continue
      const { x, y } = coords.scaleBy(painted.getTileSize())
      for (const label of found.labels) {
        labels.push({
          ...label,
          x: (x + label.x / paintedScale) * scale - corner.x,
          y: (y + label.y / paintedScale) * scale - corner.y
        })
      }
    }
    return labels.sort((one, other) => (other.rule.labelRank ?? 0) - (one.rule.labelRank ?? 0))
  }
})

const byOrder = (one, other) => (other.options.order ?? 0) - (one.options.order ?? 0)

function writeOne (context, label, taken, size, zoom) {
  const { text, rule, angle, beside, roomPx } = label
  const sizePx = widthAt(rule.labelSizePx ?? 13, zoom)
  context.letterSpacing = `${rule.labelSpacingPx ?? 0}px`
  context.font = `${rule.labelWeight ?? 'normal'} ${sizePx}px ${FONT}`
  const width = context.measureText(text).width
  if (angle !== 0 && roomPx < width) return
  const x = beside ? label.x + BESIDE_PX + width / 2 : label.x
  const box = boxAround(x, label.y, width, sizePx, angle, text)
  if (box.east < 0 || box.south < 0 || box.west > size.x || box.north > size.y) return
  if (taken.some((other) => overlaps(box, other, rule.labelApartPx ?? APART_PX))) return
  taken.push(box)
  context.save()
  context.translate(x, label.y)
  context.rotate(angle)
  context.textAlign = 'center'
  context.lineWidth = CASING_PX
  context.strokeStyle = rule.labelCasing ?? casingColour()
  context.strokeText(text, 0, 0)
  context.fillStyle = rule.labelColour ?? rule.colour
  context.fillText(text, 0, 0)
  context.restore()
}

function boxAround (x, y, width, height, angle, text) {
  const halfWidth = (Math.abs(Math.cos(angle)) * width + Math.abs(Math.sin(angle)) * height) / 2
  const halfHeight = (Math.abs(Math.sin(angle)) * width + Math.abs(Math.cos(angle)) * height) / 2
  return {
    text,
    west: x - halfWidth - PADDING_PX,
    east: x + halfWidth + PADDING_PX,
    north: y - halfHeight - PADDING_PX,
    south: y + halfHeight + PADDING_PX
  }
}

function boxWithin (corner, { left, top, right, bottom }) {
  return {
    west: left - corner.left, east: right - corner.left, north: top - corner.top, south: bottom - corner.top
  }
}

function overlaps (box, other, apartPx) {
  if (box.text === other.text) {
    const [dx, dy] = [box.west + box.east - other.west - other.east, box.north + box.south - other.north - other.south]
    if (Math.hypot(dx, dy) / 2 < apartPx) return true
  }
  return box.west < other.east && other.west < box.east && box.north < other.south && other.north < box.south
}
