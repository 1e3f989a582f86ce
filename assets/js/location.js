// “Use my location”: asks the browser once for each press, and posts what it says to our own
// server. Nothing is kept, and nothing is in an address. Without a script there is no button.
import { askPosition } from './device-position.js'

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

  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    if (isAsking) return
    isAsking = true
    say(form.dataset.locating)
    const { coords, fault } = await askPosition(form.dataset)
    if (fault) {
      stop(fault)
    } else {
      say(form.dataset.found)
      send(form, coords)
    }
  })
  // Back from the answer: the page may be as it was left, still saying that it is looking.
  window.addEventListener('pageshow', (event) => { if (event.persisted) stop('') })
  form.hidden = false
}

/** Post a position and forget it: a page that is gone back to has none in its fields. */
function send (form, { longitude, latitude, accuracy }) {
  const fields = { lon: longitude.toFixed(6), lat: latitude.toFixed(6), accuracy: Math.ceil(accuracy) }
  for (const [name, value] of Object.entries(fields)) form.elements[name].value = value
  form.submit()
  for (const name of Object.keys(fields)) form.elements[name].value = ''
}
