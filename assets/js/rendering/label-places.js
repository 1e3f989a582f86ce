// Where the names of features go: beside points, in the middle of areas, along lines.

const [POINT, LINE, AREA] = [1, 2, 3]
const TYPES = { point: POINT, line: LINE, area: AREA }

/** Return `[{ text, x, y, angle, beside, roomPx, rule }]`, in pixels of the tile. */
export function labelsOf (features, rule, view) {
  return features.flatMap((feature) => {
    const text = feature.properties[rule.label]
    if (text === undefined || text === '' || !isNamed(feature, rule)) return []
    const place = placeOf(feature, view, rule)
    // A name belongs to the tile that its place is in, or it would be written twice.
    if (!place || !isWithin(place, view.sizePx)) return []
    return [{ text: String(text), ...place, rule }]
  })
}

/** A rule that is about names alone is about those of its own mark: a river's, or a lake's. */
function isNamed ({ type }, { isName, mark }) {
  return !isName || type === TYPES[mark]
}

function isWithin ({ x, y }, sizePx) {
  return x >= 0 && y >= 0 && x < sizePx && y < sizePx
}

function placeOf (feature, { unitPx, shiftX, shiftY }, { isName, isBeside }) {
  const pixels = ({ x, y }) => ({ x: (x - shiftX) * unitPx, y: (y - shiftY) * unitPx })
  if (feature.type === POINT) {
    // A name without a symbol stands where its point is, not beside it.
    return { ...pixels(feature.loadGeometry()[0][0]), angle: 0, beside: !isName || isBeside, roomPx: Infinity }
  }
  if (feature.type === LINE) return alongLine(feature.loadGeometry(), pixels)
  const [west, north, east, south] = feature.bbox()
  const middle = pixels({ x: (west + east) / 2, y: (north + south) / 2 })
  return { ...middle, angle: 0, beside: false, roomPx: (east - west) * unitPx }
}

/** Along the longest straight part of a line, never upside down. */
function alongLine (lines, pixels) {
  let best = null
  for (const line of lines) {
    for (let i = 1; i < line.length; i++) {
      const [a, b] = [pixels(line[i - 1]), pixels(line[i])]
      const roomPx = Math.hypot(b.x - a.x, b.y - a.y)
      if (!best || roomPx > best.roomPx) best = { a, b, roomPx }
    }
  }
  if (!best) return null
  const { a, b, roomPx } = best
  let angle = Math.atan2(b.y - a.y, b.x - a.x)
  if (Math.abs(angle) > Math.PI / 2) angle += Math.PI
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, angle, beside: false, roomPx }
}
