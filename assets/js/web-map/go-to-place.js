// “Go to a place”: suggestions as on the other pages; the map goes there, and nowhere else.
import { suggestPlaces, placesCalled } from '../place-suggestions.js'

const ZOOM = 17

export function startGoingToPlaces (webMap, block, { texts, addresses }) {
  const form = block.querySelector('[data-go-to-place]')
  const status = block.querySelector('[data-place-status]')
  const go = (place) => {
    webMap.goTo(place.position, ZOOM)
    webMap.showHere(place.position)
    status.textContent = texts.moved.replace('{place}', place.label)
  }
  suggestPlaces(form, { address: addresses.places, onConfirm: go })
  form.addEventListener('submit', async (event) => {
    event.preventDefault()
    const [place] = await placesCalled(addresses.places, form.elements.place.value)
    if (place) go(place)
    else status.textContent = texts.noPlace
  })
}
