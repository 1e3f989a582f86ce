// Square pictures of a map from another host, as most web maps have them.
import L from 'leaflet'

const Z_INDEX = 1

/** `onChanged({ failures })` says how many of the pictures in view could not be had. */
export function drawPictures (map, { address, minZoom, maxZoom, onChanged }) {
  const failed = new Set()
  const layer = L.tileLayer(address, {
    minNativeZoom: minZoom,
    maxNativeZoom: maxZoom,
    maxZoom: map.getMaxZoom(),
    zIndex: Z_INDEX,
    // Whoever serves them learns nothing of the page that they are on.
    referrerPolicy: 'no-referrer'
  })
  const tell = () => onChanged({ failures: failed.size })
  layer.on('tileerror', ({ coords }) => { failed.add(keyOf(coords)); tell() })
  layer.on('tileload tileunload', ({ coords }) => { if (failed.delete(keyOf(coords))) tell() })
  return layer.addTo(map)
}

const keyOf = ({ x, y, z }) => `${z}/${x}/${y}`
