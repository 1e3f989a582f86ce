// Cells with counts, as tiles of crowded layers hold them, drawn as circles with their number.
import { casingColour } from './colours.js'

// Counted over the world, so a cluster never crosses the edge of a tile.
const CLUSTERS_ACROSS = 8
const SMALLEST_RADIUS_PX = 11
const LARGEST_RADIUS_PX = 26
const RADIUS_A_TENFOLD_PX = 5
const CASING_PX = 2
// Made once: a browser takes milliseconds to make one.
let compact = null
const FONT = '"Atkinson Hyperlegible", sans-serif'

export const isCell = ({ properties }) => properties.count > 0 && properties.fid === undefined

/** Return `[{ x, y, count, radiusPx }]` in the tile's units: cells put together by eight by eight. */
export function clustersOf (cells, extent, unitPx) {
  const side = extent / CLUSTERS_ACROSS
  const sums = new Map()
  for (const cell of cells) add(sums, cell, side, extent)
  return [...sums.values()].map((sum) => placed(sum, side, unitPx))
}

function add (sums, cell, side, extent) {
  const [{ x, y }] = cell.loadGeometry()[0]
  // The ring of cells around a tile is its neighbours'.
  if (x < 0 || y < 0 || x >= extent || y >= extent) return
  const { count } = cell.properties
  const column = Math.floor(x / side)
  const row = Math.floor(y / side)
  const key = row * CLUSTERS_ACROSS + column
  const sum = sums.get(key) ?? { column, row, count: 0, x: 0, y: 0 }
  sum.count += count
  sum.x += x * count
  sum.y += y * count
  sums.set(key, sum)
}

/** At the mean of its features, but whole within its part of the tile. */
function placed ({ column, row, count, x, y }, side, unitPx) {
  const grown = SMALLEST_RADIUS_PX + RADIUS_A_TENFOLD_PX * Math.log10(count)
  const radiusPx = Math.min(grown, LARGEST_RADIUS_PX, (side * unitPx) / 2 - CASING_PX)
  const room = (radiusPx + CASING_PX) / unitPx
  const within = (mean, part) =>
    Math.min(Math.max(mean, part * side + room), (part + 1) * side - room)
  return { x: within(x / count, column), y: within(y / count, row), count, radiusPx }
}

/** Draw clusters; the context's unit is a pixel. */
export function drawClusters (context, clusters, { colour }, unitPx) {
  // An area has no casing of its own; its number would have the colour of its circle.
  const casing = casingColour()
  compact ??= new Intl.NumberFormat(document.documentElement.lang, {
    notation: 'compact', maximumSignificantDigits: 2
  })
  context.textAlign = 'center'
  context.textBaseline = 'middle'
  for (const { x, y, count, radiusPx } of clusters) {
    context.beginPath()
    context.arc(x * unitPx, y * unitPx, radiusPx, 0, 2 * Math.PI)
    context.fillStyle = colour
    context.fill()
    context.lineWidth = CASING_PX
    context.strokeStyle = casing
    context.stroke()
    context.fillStyle = casing
    context.font = `bold ${radiusPx < 16 ? 11 : 13}px ${FONT}`
    context.fillText(compact.format(count), x * unitPx, y * unitPx + 0.5)
  }
}
