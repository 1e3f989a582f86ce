// The map on screen sends people here with its view in the fragment, which no browser sends to a
// server (#zoom/latitude/longitude). It is put into the form, and the form is posted.
const VIEW = /^#(\d{1,2}(?:\.\d{1,2})?)\/(-?\d{1,2}(?:\.\d+)?)\/(-?\d{1,3}(?:\.\d+)?)$/
const METRES_PER_PIXEL_AT_ZOOM_0 = 156543.03
const MILLIMETRES_PER_PIXEL = 0.2646

const form = document.querySelector('[data-print-form]')
const found = VIEW.exec(window.location.hash)
if (form && found) {
  const [zoom, latitude, longitude] = found.slice(1).map(Number)
  form.elements.place.value = `${latitude.toFixed(5)}, ${longitude.toFixed(5)}`
  chooseScale(form.elements.scale, scaleOf(zoom, latitude))
  window.history.replaceState(null, '', window.location.pathname + window.location.search)
  form.requestSubmit()
}

function scaleOf (zoom, latitude) {
  const metres = METRES_PER_PIXEL_AT_ZOOM_0 * Math.cos(latitude * Math.PI / 180) / 2 ** zoom
  return metres * 1000 / MILLIMETRES_PER_PIXEL
}

/** Choose the scale that shows about as much ground as the screen did. */
function chooseScale (select, wanted) {
  const scales = [...select.options].map((option) => Number(option.value)).filter(Boolean)
  const away = (scale) => Math.abs(Math.log(scale / wanted))
  select.value = String(scales.reduce((best, scale) => away(scale) < away(best) ? scale : best))
}
