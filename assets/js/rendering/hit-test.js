// Which features of a tile are at a place of it? The last drawn comes first.

const [POINT, LINE, AREA] = [1, 2, 3]

/**
 * Return the features of `features` within `tolerance` of a place, all in the tile's units.
 * Areas contain it; their outlines count too.
 */
export function featuresNear (features, place, tolerance) {
  const found = []
  for (let i = features.length - 1; i >= 0; i--) {
    if (isNear(features[i], place, tolerance)) found.push(features[i])
  }
  return found
}

function isNear (feature, { x, y }, tolerance) {
  const [west, north, east, south] = (feature.box ??= feature.bbox())
  if (x < west - tolerance || x > east + tolerance) return false
  if (y < north - tolerance || y > south + tolerance) return false
  const lines = feature.loadGeometry()
  if (feature.type === POINT) {
    return lines.some(([point]) => Math.hypot(point.x - x, point.y - y) <= tolerance)
  }
  if (feature.type === AREA && contains(lines, x, y)) return true
  return feature.type >= LINE && lines.some((line) => isBesideLine(line, x, y, tolerance))
}

function contains (rings, x, y) {
  let isInside = false
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
      const [a, b] = [ring[i], ring[j]]
      if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) {
        isInside = !isInside
      }
    }
  }
  return isInside
}

function isBesideLine (line, x, y, tolerance) {
  for (let i = 1; i < line.length; i++) {
    if (distance(line[i - 1], line[i], x, y) <= tolerance) return true
  }
  return false
}

function distance (a, b, x, y) {
  const [dx, dy] = [b.x - a.x, b.y - a.y]
  const along = ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)
  const share = Math.min(Math.max(along, 0), 1)
  return Math.hypot(a.x + share * dx - x, a.y + share * dy - y)
}
