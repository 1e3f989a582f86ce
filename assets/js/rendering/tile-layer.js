// A layer of tiles painted on canvas, whether they come from an address or from features that are
// here: asked for as they come into view, given up as they leave it. Tiles are of whole zooms; at a
// zoom between two they are painted as large as they are shown, so that nothing is blurred or thin.
import L from 'leaflet'
import { onSchemeChanged } from './colours.js'
import { featuresNear } from './hit-test.js'
import { paintTile, trace } from './painter.js'
import { paintInSlices } from './painting-queue.js'
import { isDrawnAt, isMeant } from './rules.js'

// A quarter of the requests of tiles of 256 pixels.
const SIDE_PX = 512
const ZOOM_OF_A_TILE_IN_SIZE = 1
// More costs four times the memory for what no eye sees.
const MOST_PIXEL_RATIO = 2
const MARK_WIDTH_PX = { hover: 4, chosen: 6 }
const POINT_MARK_RADIUS_PX = 10

const everything = () => true

export const PaintedTiles = L.GridLayer.extend({
  options: { tileSize: SIDE_PX, keepBuffer: 1, updateWhenIdle: false, updateWhenZooming: false },

  /** `source` has `read`, `minZoom`, `maxZoom`; `rules` is a function (see rules.js). */
  initialize (source, rules, options) {
    L.setOptions(this, options)
    Object.assign(this, { source, rules, keeps: everything, painted: new Map(), marked: {} })
    this.on('tileunload', ({ coords }) => this.forget(coords))
  },

  getEvents () {
    return { ...L.GridLayer.prototype.getEvents.call(this), zoomend: this.repaintScaled }
  },

  onAdd (map) {
    this.stopListening = onSchemeChanged(() => this.repaint())
    return L.GridLayer.prototype.onAdd.call(this, map)
  },

  onRemove (map) {
    this.stopListening()
    for (const { coords } of [...this.painted.values()]) this.forget(coords)
    return L.GridLayer.prototype.onRemove.call(this, map)
  },

  createTile (coords, done) {
    const element = L.DomUtil.create('div', 'map-tile')
    const tile = { coords, element, stop: new AbortController(), content: null, found: null }
    this.forget(coords)
    this.painted.set(keyOf(coords), tile)
    this.load(tile).then(() => done(null, element), (error) => done(error, element))
    return element
  },

  forget (coords) {
    this.painted.get(keyOf(coords))?.stop.abort()
    this.painted.delete(keyOf(coords))
  },

  async load (tile) {
    const address = this.addressOf(tile.coords)
    tile.hasFailed = false
    try {
      if (address.z >= this.source.minZoom) {
        tile.content = await this.source.read(address, tile.stop.signal)
      }
      await this.paint(tile)
    } catch (error) {
      if (tile.stop.signal.aborted) return
      tile.hasFailed = true
      throw error
    } finally {
      if (!tile.stop.signal.aborted) this.fire('painted')
    }
  },

  /** Return which tile of the source holds what belongs here: beyond its last zoom, a parent. */
  addressOf ({ x, y, z }) {
    const zoom = z - ZOOM_OF_A_TILE_IN_SIZE
    const steps = Math.max(0, zoom - this.source.maxZoom)
    return { z: zoom - steps, x: x >> steps, y: y >> steps, steps }
  },

  /** Return how large a tile is shown: 1 is its own size. A level on its way out stays as it is. */
  scaleOf ({ coords, scale = 1 }) {
    const zoom = this._map.getZoom()
    return Math.round(zoom) === coords.z ? this._map.getZoomScale(zoom, coords.z) : scale
  },

  viewOf ({ coords, content, scale }) {
    const { x, y, steps } = this.addressOf(coords)
    const sizePx = SIDE_PX * scale
    const unitPx = (sizePx / content.extent) * 2 ** steps
    const unitsAcross = content.extent / 2 ** steps
    return {
      zoom: coords.z,
      sizePx,
      unitPx,
      shiftX: (coords.x - x * 2 ** steps) * unitsAcross,
      shiftY: (coords.y - y * 2 ** steps) * unitsAcross,
      isEnlarged: steps > 0,
      pixelRatio: Math.min(window.devicePixelRatio || 1, MOST_PIXEL_RATIO),
      keeps: this.keeps,
      isFiltered: this.keeps !== everything
    }
  },

  /** Paint on a new canvas and put it in the old one's place: nothing flickers. */
  async paint (tile) {
    tile.painting?.abort()
    const painting = tile.painting = new AbortController()
    tile.stop.signal.addEventListener('abort', () => painting.abort(), { once: true })
    if (!tile.content) return
    const scale = this.scaleOf(tile)
    const view = this.viewOf({ ...tile, scale })
    const canvas = canvasOf(view)
    const steps = paintTile(canvas.context, tile.content, this.rules(), view)
    const painter = (function * () { Object.assign(tile, { found: yield * steps, scale }) })()
    const isWhole = await paintInSlices(painter, painting.signal, this.options.isGround)
    if (!isWhole) return
    tile.element.replaceChildren(canvas.element)
    this.drawMarks(tile)
  },

  async repaint () {
    await Promise.all([...this.painted.values()].map((tile) => this.paint(tile)))
    this.fire('painted')
  },

  /** Paint what was painted for another zoom between the same two. */
  async repaintScaled () {
    const others = [...this.painted.values()].filter((tile) =>
      tile.found && tile.scale !== this.scaleOf(tile))
    if (!others.length) return
    await Promise.all(others.map((tile) => this.paint(tile)))
    this.fire('painted')
  },

  setRules (rules) {
    this.rules = rules
    return this.repaint()
  },

  setSource (source) {
    this.source = source
    this.redraw()
  },

  /** Draw only features for whose properties `keeps` is true; null for all of them. */
  setFilter (keeps) {
    this.keeps = keeps ?? everything
    return this.repaint()
  },

  countFailures () {
    return [...this.painted.values()].filter(({ hasFailed }) => hasFailed).length
  },

  isHidingCells () {
    return [...this.painted.values()].some(({ found }) => found?.hiddenCells)
  },

  isShowingClusters () {
    return [...this.painted.values()].some(({ found }) => found?.clusters.length > 0)
  },

  retry () {
    for (const tile of this.painted.values()) {
      // What it shows afterwards is said by `countFailures`.
      if (tile.hasFailed) this.load(tile).catch(() => {})
    }
  },

  /** Return `{ features, cluster }` at a place: properties, the uppermost first. */
  at (latLng, tolerancePx) {
    const zoom = Math.round(this._map.getZoom())
    const pixel = this._map.project(latLng, zoom)
    const coords = pixel.divideBy(SIDE_PX).floor()
    const tile = this.painted.get(keyOf({ x: coords.x, y: coords.y, z: zoom }))
    if (!tile?.content || !tile.found) return { features: [], cluster: null }
    const view = this.viewOf(tile)
    const place = pixel.subtract(coords.multiplyBy(SIDE_PX)).multiplyBy(tile.scale / view.unitPx)
    const cluster = tile.found.clusters.find(({ x, y, radiusPx }) =>
      Math.hypot(x - place.x, y - place.y) * view.unitPx <= radiusPx)
    const inContent = { x: place.x + view.shiftX, y: place.y + view.shiftY }
    return { features: this.hits(tile, view, inContent, tolerancePx), cluster: cluster ?? null }
  },

  hits ({ content }, view, place, tolerancePx) {
    const drawn = this.rules().filter((rule) => isDrawnAt(rule, view.zoom)).reverse()
    const found = drawn.flatMap((rule) =>
      featuresNear(content.layers[rule.layer] ?? [], place, tolerancePx / view.unitPx)
        .map(({ properties }) => properties)
        .filter((properties) => isMeant(rule, properties) && view.keeps(properties)))
    return found.filter(({ fid }) => fid !== undefined)
  },

  /** Make a feature stand out (`kind`: hover or chosen), or with null none. */
  mark (kind, fid, colour) {
    if (this.marked[kind]?.fid === fid) return
    this.marked[kind] = fid === null ? null : { fid, colour }
    for (const tile of this.painted.values()) this.drawMarks(tile)
  },

  drawMarks (tile) {
    tile.element.querySelector('.map-tile__marks')?.remove()
    const wanted = Object.entries(this.marked).filter(([, mark]) => mark)
    if (!wanted.length || !tile.content || !tile.found) return
    const view = this.viewOf(tile)
    const { element, context } = canvasOf(view)
    element.className = 'map-tile__marks'
    let isEmpty = true
    for (const [kind, { fid, colour }] of wanted) {
      for (const feature of this.featuresCalled(tile, fid)) {
        outline(context, feature, view, MARK_WIDTH_PX[kind], colour)
        isEmpty = false
      }
    }
    if (!isEmpty) tile.element.append(element)
  },

  featuresCalled ({ content }, fid) {
    const layers = new Set(this.rules().map(({ layer }) => layer))
    return [...layers].flatMap((layer) =>
      (content.layers[layer] ?? []).filter(({ properties }) => properties.fid === fid))
  }
})

const keyOf = ({ x, y, z }) => `${z}/${x}/${y}`

function canvasOf ({ sizePx, pixelRatio }) {
  const element = document.createElement('canvas')
  element.width = element.height = Math.round(sizePx * pixelRatio)
  const context = element.getContext('2d')
  context.scale(element.width / sizePx, element.height / sizePx)
  return { element, context }
}

function outline (context, feature, view, widthPx, colour) {
  const path = new Path2D()
  if (feature.type === 1) {
    for (const [{ x, y }] of feature.loadGeometry()) {
      const [left, top] = [(x - view.shiftX) * view.unitPx, (y - view.shiftY) * view.unitPx]
      path.moveTo(left + POINT_MARK_RADIUS_PX, top)
      path.arc(left, top, POINT_MARK_RADIUS_PX, 0, 2 * Math.PI)
    }
  } else {
    trace(path, feature, view)
  }
  context.lineJoin = 'round'
  for (const [width, style] of [[widthPx, '#15181e'], [widthPx - 2.5, colour]]) {
    context.lineWidth = width
    context.strokeStyle = style
    context.stroke(path)
  }
}
