// Where the device is, asked of the browser once; or what to say instead.

const TIMEOUT_MS = 15000
const METRES_IN_A_KILOMETRE = 1000

/**
 * Return `{ coords }`, or `{ fault }`: a sentence of `texts`, which are those of the form's data
 * attributes (see _use_location.html).
 */
export function askPosition (texts) {
  return new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      ({ coords }) => {
        const fault = faultOf(coords, texts)
        resolve(fault ? { fault } : { coords })
      },
      (error) => resolve({ fault: textOf(error, texts) }),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 0 }
    )
  })
}

/** Say why a position is of no use here, or nothing where it is. */
function faultOf ({ longitude, latitude, accuracy }, { box, outside, coarse, ...texts }) {
  const [west, south, east, north] = box.split(',').map(Number)
  const isInside = longitude >= west && longitude <= east && latitude >= south && latitude <= north
  if (!isInside) return outside
  if (accuracy > Number(texts.worstAccuracy)) {
    return coarse.replace('{accuracy}', lengthOf(accuracy, texts))
  }
  return ''
}

function lengthOf (metres, { metres: inMetres, kilometres: inKilometres }) {
  return metres < METRES_IN_A_KILOMETRE
    ? inMetres.replace('{count}', Math.round(metres))
    : inKilometres.replace('{count}', Math.round(metres / METRES_IN_A_KILOMETRE))
}

function textOf (error, { denied, unavailable, timeout }) {
  if (error.code === error.PERMISSION_DENIED) return denied
  return error.code === error.TIMEOUT ? timeout : unavailable
}
