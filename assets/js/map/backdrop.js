// The ground that everything else is drawn on: the council's own areas, quietly.
import { fetchItems } from './items.js'
import { middleOf } from './middle.js'

const NAMES_FROM_ZOOM = 12.5

/**
 * Draw the areas of `backdrop`; those whose ids are in `home` stand out. `onFailed` is called where
 * they cannot be had.
 */
export async function drawBackdrop (webMap, { itemsUrl, titleField, home = [] }, onFailed = () => {}) {
  if (!itemsUrl) return
  let areas
  try {
    areas = (await fetchItems(itemsUrl)).features
  } catch {
    // A map without its ground still answers; the status line speaks for the answers.
    onFailed()
    return
  }
  const isHome = ({ id }) => home.includes(String(id))
  // Last, so that no neighbour's outline lies over it.
  areas.sort((one, other) => isHome(one) - isHome(other))
  webMap.drawBackdrop(areas, {
    classNames: (area) => ['map-ward', isHome(area) && 'map-ward--home']
  })
  showNames(webMap, areas.filter(({ geometry }) => geometry).map((area) => ({
    position: middleOf(area.geometry),
    text: String(area.properties[titleField] ?? '')
  })))
}

function showNames (webMap, names) {
  let drawn = null
  const update = () => {
    const isWanted = webMap.zoom >= NAMES_FROM_ZOOM
    if (isWanted && !drawn) drawn = webMap.drawLabels(names)
    if (!isWanted && drawn) {
      drawn.remove()
      drawn = null
    }
  }
  webMap.onMoved(update)
  update()
}
