// What somebody measures: a line or an area over everything else, with its corners.
import L from 'leaflet'

const CORNER_RADIUS_PX = 5
const PANE = { pane: 'measured', interactive: false }

export function drawMeasured (map, latLngs, isArea) {
  const corners = latLngs.map((latLng) =>
    L.circleMarker(latLng, { ...PANE, radius: CORNER_RADIUS_PX, className: 'map-measured__corner' }))
  const shape = isArea && latLngs.length > 2
    ? L.polygon(latLngs, { ...PANE, className: 'map-measured map-measured--area' })
    : L.polyline(latLngs, { ...PANE, className: 'map-measured' })
  return L.layerGroup([shape, ...corners]).addTo(map)
}
