// Features that came as GeoJSON (EPSG:4326), given out in the units of whatever tile is painted.

const EXTENT = 4096
const BUFFER = 64
const TYPES = { Point: 1, LineString: 2, Polygon: 3 }

/** A source of tiles as `TileSource` is one, over features that are here already. */
export class GeoJsonSource {
  minZoom = 0
  maxZoom = Infinity
  #layer
  #shapes

  constructor (layer, features) {
    this.#layer = layer
    this.#shapes = features.filter(({ geometry }) => geometry).flatMap(shapesOf)
  }

  async read (tile) {
    const features = this.#shapes
      .map((shape) => new Placed(shape, tile))
      .filter((feature) => feature.isInTile())
    return features.length ? { extent: EXTENT, layers: { [this.#layer]: features } } : null
  }
}

/** Return a geometry's west, south, east, north in degrees, null where it has none. */
export function boxAround (geometry) {
  if (!geometry) return null
  const parts = geometry.type === 'GeometryCollection' ? geometry.geometries : [geometry]
  const positions = parts.flatMap((part) => linesOf(part)).flat()
  const [longitudes, latitudes] = [0, 1].map((axis) => positions.map((position) => position[axis]))
  const least = (numbers) => numbers.reduce((one, other) => Math.min(one, other))
  const most = (numbers) => numbers.reduce((one, other) => Math.max(one, other))
  return [least(longitudes), least(latitudes), most(longitudes), most(latitudes)]
}

function shapesOf ({ id, properties, geometry }) {
  if (geometry.type === 'GeometryCollection') {
    return geometry.geometries.flatMap((part) => shapesOf({ id, properties, geometry: part }))
  }
  const type = TYPES[geometry.type.replace('Multi', '')]
  const lines = linesOf(geometry).map((line) => line.map(worldPlace))
  return [{ type, properties: { ...properties, fid: String(id) }, lines, box: boxOf(lines) }]
}

/** Return a geometry's points, lines or rings, as lists of positions. */
function linesOf ({ type, coordinates }) {
  if (type === 'Point') return [[coordinates]]
  if (type === 'MultiPoint') return coordinates.map((position) => [position])
  if (type === 'LineString') return [coordinates]
  return type === 'MultiPolygon' ? coordinates.flat() : coordinates
}

/** Return where a position is on the square world of EPSG:3857, whose side is 1. */
function worldPlace ([longitude, latitude]) {
  const sine = Math.sin((latitude * Math.PI) / 180)
  return {
    x: longitude / 360 + 0.5,
    y: 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)
  }
}

function boxOf (lines) {
  const box = [Infinity, Infinity, -Infinity, -Infinity]
  for (const line of lines) {
    for (const { x, y } of line) {
      box[0] = Math.min(box[0], x)
      box[1] = Math.min(box[1], y)
      box[2] = Math.max(box[2], x)
      box[3] = Math.max(box[3], y)
    }
  }
  return box
}

/** A shape in the units of one tile: what @mapbox/vector-tile gives of a feature. */
class Placed {
  #shape
  #scale
  #x
  #y

  constructor (shape, { z, x, y }) {
    this.#shape = shape
    this.#scale = EXTENT * 2 ** z
    this.#x = x * EXTENT
    this.#y = y * EXTENT
    this.type = shape.type
    this.properties = shape.properties
  }

  bbox () {
    const [west, north, east, south] = this.#shape.box
    return [
      west * this.#scale - this.#x, north * this.#scale - this.#y,
      east * this.#scale - this.#x, south * this.#scale - this.#y
    ]
  }

  isInTile () {
    const [west, north, east, south] = this.bbox()
    const last = EXTENT + BUFFER
    return west <= last && north <= last && east >= -BUFFER && south >= -BUFFER
  }

  loadGeometry () {
    return this.#shape.lines.map((line) =>
      line.map(({ x, y }) => ({ x: x * this.#scale - this.#x, y: y * this.#scale - this.#y })))
  }
}
