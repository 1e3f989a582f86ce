// “Use my location”: asks the browser once for each press, and posts what it says to our own
// server. Nothing is kept, and nothing is in an address. Without a script there is no button.

const TIMEOUT_MS = 15000
const METRES_IN_A_KILOMETRE = 1000

for (const form of document.querySelectorAll('[data-use-location]')) offerLocation(form)

function offerLocation (form) {
  if (!navigator.geolocation) return
  const status = form.querySelector('[role="status"]')
  let isAsking = false

  const say = (text) => { status.textContent = text }
  const stop = (text) => {
    isAsking = false
    say(text)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    say(form.dataset.locating)
    navigator.geolocation.getCurrentPosition(
      (position) => {
        const fault = faultOf(position.coords, form.dataset)
        if (fault) {
          stop(fault)
        } else {
          say(form.dataset.found)
          send(form, position.coords)
        }
      },
      (error) => stop(textOf(error, form.dataset)),
      { enableHighAccuracy: true, timeout: TIMEOUT_MS, maximumAge: 0 }
    )
  })
  // Back from the answer: the page may be as it was left, still saying that it is looking.
  window.addEventListener('pageshow', (event) => { if (event.persisted) stop('') })
  form.hidden = false
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

/** Post a position and forget it: a page that is gone back to has none in its fields. */
function send (form, { longitude, latitude, accuracy }) {
  const fields = { lon: longitude.toFixed(6), lat: latitude.toFixed(6), accuracy: Math.ceil(accuracy) }
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value
  form.submit()
  for (const name of Object.keys(fields)) form.elements[name].value = ''
}
