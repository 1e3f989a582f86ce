// The search box suggests places while somebody types. Without it the form works by itself.
import { suggestPlaces } from './place-suggestions.js'

for (const form of document.querySelectorAll('[data-place-search]')) {
  const { places, area } = form.dataset
  suggestPlaces(form, {
    address: places,
    onConfirm: ({ slug }) => window.location.assign(area.replace('SLUG', encodeURIComponent(slug)))
  })
}
