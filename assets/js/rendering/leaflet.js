// The map: everything that pages ask of Leaflet, in our own words. Leaflet is named in this folder
// alone.
// Positions are [longitude, latitude]; boxes are [west, south, east, north] (EPSG:4326).
import L from 'leaflet'
import { drawMeasured } from './measure-drawing.js'
import { Hint, followPointer } from './pointer.js'
import { paintGentlyWhile } from './painting-queue.js'
import { drawPictures } from './pictures.js'
import { TileDrawing, namesOf } from './tile-drawing.js'

const prefersLessMotion = window.matchMedia('(prefers-reduced-motion: reduce)').matches

const OPTIONS = {
  attributionControl: false,
  zoomControl: false,
  minZoom: 9,
  maxZoom: 18,
  zoomSnap: 0.25,
  // Only while the map has focus: a page must scroll past it.
  scrollWheelZoom: false,
  zoomAnimation: !prefersLessMotion,
  fadeAnimation: !prefersLessMotion,
  markerZoomAnimation: !prefersLessMotion,
  inertia: !prefersLessMotion
}
const MOVE = { animate: !prefersLessMotion }
const PAN_SHARE = 0.4
const POINT_RADIUS_PX = 6
const CROWDED_POINT_RADIUS_PX = 4
const CROWDED_FROM = 250
const SYMBOL_SIZE_PX = [30, 30]
const PIN_SIZE_PX = [26, 36]
const ASKED_SIZE_PX = [24, 24]
const POPUP_OFFSET_PX = [0, -4]
const LABEL_SIZE_PX = [88, 28]
const BESIDE_PX = 10
// Leaflet puts shapes at 400 and markers at 600; these lie under and over both.
// The bar is at least half as wide, and has to hold the words "1000 ft".
const SCALE_PX = 130
const PANES = {
  backdrop: 350, ground: 355, rings: 360, names: 580, 'layer-names': 590, measured: 610, here: 620
}

// Leaflet's own tiles are at 200.
const BASEMAP_LOWEST = 200

const positionOf = ({ lng, lat }) => [lng, lat]
const latLngOf = ([longitude, latitude]) => L.latLng(latitude, longitude)
const boundsOf = ([west, south, east, north]) => L.latLngBounds([south, west], [north, east])
const boxOf = (b) => [b.getWest(), b.getSouth(), b.getEast(), b.getNorth()]
const classNameOf = (names) => names.filter(Boolean).join(' ')

/** Folium's script expects Leaflet under the name that Leaflet's own file gives it. */
export function offerToFolium () {
  window.L = L
}

/** A group of things drawn on a map, taken away together. */
class Drawing {
  #group

  constructor (group) {
    this.#group = group
  }

  get box () {
    return boxOf(this.#group.getBounds())
  }

  remove () {
    this.#group.remove()
  }
}

export class WebMap {
  #map
  #start
  #hint
  #here

  /** `look` may have `minZoom`, `maxZoom`, `zoomSnap` and `doubleClickZoom` of its own. */
  static create (container, { label, ...look }) {
    return new WebMap(L.map(container, { ...OPTIONS, ...look }), label)
  }

  /** Take over a map that folium has made. */
  static adopt (leafletMap, { label }) {
    return new WebMap(leafletMap, label)
  }

  constructor (leafletMap, label) {
    this.#map = leafletMap
    const container = leafletMap.getContainer()
    // Leaflet makes its container focusable but gives it neither role nor name.
    container.setAttribute('role', 'region')
    container.setAttribute('aria-label', label)
    container.addEventListener('focusin', () => leafletMap.scrollWheelZoom.enable())
    container.addEventListener('focusout', () => leafletMap.scrollWheelZoom.disable())
    L.control.scale({ position: 'bottomright', maxWidth: SCALE_PX }).addTo(leafletMap)
    for (const [name, zIndex] of Object.entries(PANES)) {
      Object.assign(leafletMap.createPane(name).style, { zIndex, pointerEvents: 'none' })
    }
    leafletMap.on('movestart', () => paintGentlyWhile(true))
    leafletMap.on('moveend', () => paintGentlyWhile(false))
  }

  /** Draw the map as large as its place on the page has become. */
  fillCanvas () {
    this.#map.invalidateSize(MOVE)
  }

  get zoom () {
    return this.#map.getZoom()
  }

  /** The whole zoom whose tiles are shown, by which layers are drawn or not. */
  get tileZoom () {
    return Math.round(this.zoom)
  }

  get visibleBox () {
    return boxOf(this.#map.getBounds())
  }

  /** The position in the middle of what is in view. */
  get middle () {
    return positionOf(this.#map.getCenter())
  }

  contains (position) {
    return this.#map.getBounds().contains(latLngOf(position))
  }

  onMoved (callback) {
    this.#map.on('moveend', callback)
  }

  /** Show a box, and come back to it on `returnToStart`. */
  startAt (box) {
    this.#start = box
    this.#map.fitBounds(boundsOf(box), { animate: false, padding: [12, 12] })
  }

  static boxAround (position, radiusM) {
    return boxOf(latLngOf(position).toBounds(radiusM * 2))
  }

  startAround (position, radiusM) {
    this.startAt(WebMap.boxAround(position, radiusM))
  }

  returnToStart () {
    this.#map.closePopup()
    this.#map.fitBounds(boundsOf(this.#start), { ...MOVE, padding: [12, 12] })
  }

  goTo (position, zoom, { isInstant = false } = {}) {
    this.#map.setView(latLngOf(position), zoom, isInstant ? { animate: false } : MOVE)
  }

  goToBox (box) {
    this.#map.fitBounds(boundsOf(box), { ...MOVE, padding: [12, 12] })
  }

  /** Call with the place that was clicked or tapped; returns what stops it. */
  onChosen (callback) {
    // The second click of a double one means the same place.
    const listener = ({ latlng, originalEvent }) => {
      if (!(originalEvent.detail > 1)) callback(positionOf(latlng))
    }
    this.#map.on('click', listener)
    return () => this.#map.off('click', listener)
  }

  /** Call when a place is clicked or tapped twice; the first click is told as any other. */
  onDoubleClick (callback) {
    this.#map.on('dblclick', callback)
  }

  /** Whether a double click zooms in, or is left to what is drawn. */
  set zoomsOnDoubleClick (isWanted) {
    if (isWanted) this.#map.doubleClickZoom.enable()
    else this.#map.doubleClickZoom.disable()
  }

  /** Return whether two places are so near each other here that a finger means both. */
  isBeside (position, other) {
    const pointOf = (each) => this.#map.latLngToContainerPoint(latLngOf(each))
    return pointOf(position).distanceTo(pointOf(other)) <= BESIDE_PX
  }

  /** Call with the place that the pointer is over, once a frame at most; null when it leaves. */
  onPointer (callback) {
    followPointer(this.#map, (latLng) => callback(latLng && positionOf(latLng)))
  }

  /** Write a few words beside a place, and show that it can be clicked; null takes them away. */
  hint (text, position) {
    this.#hint ??= new Hint(this.#map)
    this.#hint.show(text, position && latLngOf(position))
  }

  zoomBy (steps) {
    this.#map.setZoom(this.zoom + steps, MOVE)
  }

  /** Move the view by `across` and `down` shares of a step. */
  panBy (across, down) {
    const size = this.#map.getSize()
    this.#map.panBy([across * size.x * PAN_SHARE, down * size.y * PAN_SHARE], MOVE)
  }

  drawBackdrop (features, { classNames }) {
    const group = L.geoJSON(features, {
      pane: 'backdrop',
      interactive: false,
      style: (feature) => ({ className: classNameOf(classNames(feature)) })
    })
    return new Drawing(group.addTo(this.#map))
  }

  drawGround (features) {
    const group = L.geoJSON(features, {
      pane: 'ground',
      interactive: false,
      style: () => ({ className: 'map-ground' })
    })
    return new Drawing(group.addTo(this.#map))
  }

  /** Draw a layer painted in tiles: see `TileDrawing`. `box` is where there is something. */
  drawTiles ({ box, ...settings }) {
    return new TileDrawing(this.#map, latLngOf, { ...settings, bounds: box && boundsOf(box) })
  }

  /** Draw a basemap of tiles under everything else. */
  drawBasemapTiles (settings) {
    return this.drawTiles({ ...settings, lowest: BASEMAP_LOWEST })
  }

  /** Draw pictures of another host under everything else: see pictures.js. */
  drawPictures (settings) {
    return new Drawing(drawPictures(this.#map, settings))
  }

  drawRing (position, radiusM) {
    return new Drawing(
      L.circle(latLngOf(position), {
        pane: 'rings',
        radius: radiusM,
        interactive: false,
        className: 'map-ring'
      }).addTo(this.#map)
    )
  }

  /**
   * Draw GeoJSON features; `onChoose(feature, position)` when one is clicked or tapped.
   * `classNames(feature)` are further ones.
   */
  drawFeatures (features, { onChoose, classNames = () => [] } = {}) {
    const radius = features.length < CROWDED_FROM ? POINT_RADIUS_PX : CROWDED_POINT_RADIUS_PX
    const group = L.geoJSON(features, {
      interactive: Boolean(onChoose),
      style: (feature) => ({
        className: classNameOf([featureClassName(feature), ...classNames(feature)])
      }),
      pointToLayer: (feature, latLng) => L.circleMarker(latLng, { radius }),
      onEachFeature: (feature, shape) => {
        if (onChoose) shape.on('click', ({ latlng }) => onChoose(feature, [latlng.lng, latlng.lat]))
      }
    })
    return new Drawing(group.addTo(this.#map))
  }

  /** Draw names that give way to those of tiles. */
  drawLabels (labels) {
    const markers = labels.map(({ position, text }) => {
      const element = document.createElement('span')
      element.textContent = text
      return L.marker(latLngOf(position), {
        pane: 'names',
        interactive: false,
        keyboard: false,
        icon: L.divIcon({ className: 'map-label', html: element, iconSize: LABEL_SIZE_PX })
      })
    })
    const drawing = new Drawing(L.layerGroup(markers).addTo(this.#map))
    namesOf(this.#map).giveWay(markers)
    return drawing
  }

  /** Show what is being measured: a line, or an area, with its corners. */
  drawMeasured (corners, { isArea }) {
    return new Drawing(drawMeasured(this.#map, corners.map(latLngOf), isArea))
  }

  /** A small ring around a place that is asked about. */
  pinPoint (position) {
    const icon = L.divIcon({ className: 'map-asked', iconSize: ASKED_SIZE_PX })
    const marker = L.marker(latLngOf(position), { icon, pane: 'here', interactive: false, keyboard: false })
    return new Drawing(marker.addTo(this.#map))
  }

  /** The same as `markHere`, but only the last place stays marked. */
  showHere (position) {
    this.#here?.remove()
    this.#here = this.markHere(position)
  }

  /** The place that was looked up. */
  markHere (position) {
    const icon = L.divIcon({
      className: 'map-here',
      iconSize: PIN_SIZE_PX,
      iconAnchor: [PIN_SIZE_PX[0] / 2, PIN_SIZE_PX[1]]
    })
    const marker = L.marker(latLngOf(position), {
      icon,
      pane: 'here',
      interactive: false,
      keyboard: false
    })
    return new Drawing(marker.addTo(this.#map))
  }

  /**
   * Add a marker that can be clicked. It is no tab stop: up to fifty of them would
   * be, and the list beside the map has a button for each.
   */
  mark (position, symbol, { onChoose }) {
    const icon = L.divIcon({ className: 'map-marker', html: symbol, iconSize: SYMBOL_SIZE_PX })
    const marker = L.marker(latLngOf(position), { icon, keyboard: false, riseOnHover: true })
    marker.on('click', () => onChoose()).addTo(this.#map)
    marker.getElement().setAttribute('aria-hidden', 'true')
  }

  /** Show where the middle is, to whoever puts a corner there. */
  markMiddle () {
    const cross = document.createElement('span')
    cross.className = 'map-middle'
    cross.setAttribute('aria-hidden', 'true')
    this.#map.getContainer().append(cross)
  }

  /** Draw corners that are being set, and the shape they make. */
  drawSketch (positions, { isClosed }) {
    const corners = positions.map(latLngOf)
    const className = classNameOf(['map-sketch', isClosed && 'map-sketch--closed'])
    const options = { interactive: false, className }
    const shape = positions.length > 2 ? L.polygon(corners, options) : L.polyline(corners, options)
    const dot = { radius: 5, interactive: false, className: 'map-sketch-corner' }
    const dots = isClosed ? [] : corners.map((corner) => L.circleMarker(corner, dot))
    return new Drawing(L.featureGroup([shape, ...dots]).addTo(this.#map))
  }

  /** Open a popup, move focus into it, and give focus back to `opener` when it closes. */
  openPopup (position, content, opener) {
    const popup = L.popup({
      content,
      maxWidth: 280,
      offset: POPUP_OFFSET_PX,
      autoPanPadding: [16, 16]
    })
    popup.setLatLng(latLngOf(position)).openOn(this.#map)
    popup.getElement().addEventListener('keydown', (event) => {
      if (event.key === 'Escape') this.#map.closePopup(popup)
    })
    popup.once('remove', () => {
      (opener ?? this.#map.getContainer()).focus({ preventScroll: !opener })
    })
    content.focus({ preventScroll: true })
    return { onClosed: (callback) => popup.once('remove', callback) }
  }
}

function featureClassName (feature) {
  const type = feature.geometry?.type ?? ''
  return classNameOf([
    'map-feature',
    type.endsWith('Point') && 'map-feature--point',
    type.endsWith('LineString') && 'map-feature--line'
  ])
}
