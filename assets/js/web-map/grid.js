// Roughly where a point is in the National Grid: good to about 5 m, for the line under the map that
// moves with the pointer. What is clicked the server names to the metre, by OSTN15.

const RADIANS = Math.PI / 180
const WGS84 = { a: 6378137, b: 6356752.3141 }
const AIRY = { a: 6377563.396, b: 6356256.909 }
// Ordnance Survey, “A guide to coordinate systems in Great Britain”: the Helmert shift.
const SHIFT = { x: -446.448, y: 125.157, z: -542.06, scale: 20.4894e-6, rx: -0.1502, ry: -0.247, rz: -0.8421 }
const GRID = { scale: 0.9996012717, latitude: 49 * RADIANS, longitude: -2 * RADIANS, east: 400000, north: -100000 }
const LETTERS = 'ABCDEFGHJKLMNOPQRSTUVWXYZ'
const SQUARE_M = 100000
const PRECISION_M = 10

/** Return a reference such as “SP 0661 8683”, or '' outside the grid. */
export function roughReference ([longitude, latitude]) {
  const [easting, northing] = project(shift(longitude * RADIANS, latitude * RADIANS))
  if (!(easting >= 0 && easting < 700000 && northing >= 0 && northing < 1300000)) return ''
  const column = Math.floor(easting / SQUARE_M)
  const row = Math.floor(northing / SQUARE_M)
  const digits = (metres) => String(Math.floor((metres % SQUARE_M) / PRECISION_M)).padStart(4, '0')
  return `${lettersOf(column, row)} ${digits(easting)} ${digits(northing)}`
}

function lettersOf (column, row) {
  const [across, up] = [column + 10, row + 5]
  const place = (x, y) => LETTERS[(4 - y) * 5 + x]
  return place(Math.floor(across / 5), Math.floor(up / 5)) + place(across % 5, up % 5)
}

function shift (longitude, latitude) {
  const { x, y, z } = cartesian(longitude, latitude, WGS84)
  const seconds = RADIANS / 3600
  const [rx, ry, rz] = [SHIFT.rx * seconds, SHIFT.ry * seconds, SHIFT.rz * seconds]
  const scale = 1 + SHIFT.scale
  return geographic(
    SHIFT.x + x * scale - y * rz + z * ry,
    SHIFT.y + x * rz + y * scale - z * rx,
    SHIFT.z - x * ry + y * rx + z * scale
  )
}

function cartesian (longitude, latitude, { a, b }) {
  const e2 = 1 - (b * b) / (a * a)
  const nu = a / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
  return {
    x: nu * Math.cos(latitude) * Math.cos(longitude),
    y: nu * Math.cos(latitude) * Math.sin(longitude),
    z: nu * (1 - e2) * Math.sin(latitude)
  }
}

function geographic (x, y, z) {
  const e2 = 1 - (AIRY.b * AIRY.b) / (AIRY.a * AIRY.a)
  const p = Math.hypot(x, y)
  let latitude = Math.atan2(z, p * (1 - e2))
  for (let i = 0; i < 5; i++) {
    const nu = AIRY.a / Math.sqrt(1 - e2 * Math.sin(latitude) ** 2)
    latitude = Math.atan2(z + e2 * nu * Math.sin(latitude), p)
  }
  return [Math.atan2(y, x), latitude]
}

function project ([longitude, latitude]) {
  const { a, b } = AIRY
  const e2 = 1 - (b * b) / (a * a)
  const [sine, cosine, tangent] = [Math.sin(latitude), Math.cos(latitude), Math.tan(latitude)]
  const nu = (a * GRID.scale) / Math.sqrt(1 - e2 * sine * sine)
  const rho = (a * GRID.scale * (1 - e2)) / (1 - e2 * sine * sine) ** 1.5
  const eta2 = nu / rho - 1
  const t2 = tangent * tangent
  const across = longitude - GRID.longitude
  const north = arc(latitude) + GRID.north +
    (nu / 2) * sine * cosine * across ** 2 +
    (nu / 24) * sine * cosine ** 3 * (5 - t2 + 9 * eta2) * across ** 4
  const east = GRID.east + nu * cosine * across +
    (nu / 6) * cosine ** 3 * (nu / rho - t2) * across ** 3 +
    (nu / 120) * cosine ** 5 * (5 - 18 * t2 + t2 * t2 + 14 * eta2 - 58 * t2 * eta2) * across ** 5
  return [east, north]
}

/** The length of the meridian from the grid's true origin. */
function arc (latitude) {
  const { a, b } = AIRY
  const n = (a - b) / (a + b)
  const difference = latitude - GRID.latitude
  const sum = latitude + GRID.latitude
  return b * GRID.scale * (
    (1 + n + 1.25 * n ** 2 + 1.25 * n ** 3) * difference -
    (3 * n + 3 * n ** 2 + 2.625 * n ** 3) * Math.sin(difference) * Math.cos(sum) +
    (1.875 * n ** 2 + 1.875 * n ** 3) * Math.sin(2 * difference) * Math.cos(2 * sum) -
    (35 / 24) * n ** 3 * Math.sin(3 * difference) * Math.cos(3 * sum)
  )
}
