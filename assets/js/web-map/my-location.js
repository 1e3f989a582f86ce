// “My location”: asked of the browser once for each press; it stays in the browser.
import { askPosition } from '../device-position.js'

const ZOOM = 17

export function startMyLocation (webMap, block) {
  const form = block.querySelector('[data-my-location]')
  const status = block.querySelector('[data-place-status]')
  if (!navigator.geolocation) {
    form.hidden = true
    return
  }
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    status.textContent = form.dataset.locating
    const { coords, fault } = await askPosition(form.dataset)
    status.textContent = fault ?? form.dataset.found
    if (!coords) return
    const position = [coords.longitude, coords.latitude]
    webMap.goTo(position, ZOOM)
    webMap.showHere(position)
  })
}
