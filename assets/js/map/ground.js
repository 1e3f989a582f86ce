// Open spaces shaded on the map of a place, as far as it can be seen.
import { fetchItems } from './items.js'

export function drawGround (webMap, { itemsUrl }) {
  if (!itemsUrl) return
  let request = new AbortController()
  let drawn = null

  async function refresh () {
    request.abort()
    request = new AbortController()
    let found
    try {
      found = await fetchItems(itemsUrl, { box: webMap.visibleBox, signal: request.signal })
    } catch {
      // Shading that is late or missing takes nothing from the answers.
      return
    }
    drawn?.remove()
    drawn = webMap.drawGround(found.features)
  }

  webMap.onMoved(refresh)
  refresh()
}
