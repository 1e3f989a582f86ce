// The centre of gravity of a polygon's largest outer ring: where its name is written.

export function middleOf (geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates
  const rings = polygons.map(([outer]) => weigh(outer))
  return rings.reduce((best, ring) => (ring.area > best.area ? ring : best)).middle
}

function weigh (ring) {
  let twiceArea = 0
  let x = 0
  let y = 0
  for (let i = 1; i < ring.length; i++) {
    const [x0, y0] = ring[i - 1]
    const [x1, y1] = ring[i]
    const cross = x0 * y1 - x1 * y0
    twiceArea += cross
    x += (x0 + x1) * cross
    y += (y0 + y1) * cross
  }
  const middle = twiceArea ? [x / (3 * twiceArea), y / (3 * twiceArea)] : ring[0]
  return { area: Math.abs(twiceArea), middle }
}
