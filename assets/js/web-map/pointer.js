// What the pointer is over: its name beside it, its outline, and where in the National Grid it is.
import { roughReference } from './grid.js'

const TOLERANCE_PX = 5

export function startPointer (webMap, block, { layers, texts }) {
  const line = block.querySelector('[data-pointer]')
  const say = (position) => {
    const reference = roughReference(position)
    const [longitude, latitude] = position
    line.textContent = reference
      ? `${texts.about.replace('{reference}', reference)} (${latitude.toFixed(5)}, ${longitude.toFixed(5)})`
      : ''
  }
  webMap.onPointer((position) => {
    if (!position) {
      layers.hover(null)
      webMap.hint(null)
      say(webMap.middle)
      return
    }
    const found = layers.top(position, TOLERANCE_PX)
    layers.hover(found)
    webMap.hint(found && nameOf(found), position)
    say(position)
  })
  webMap.onMoved(() => say(webMap.middle))
  say(webMap.middle)
}

function nameOf ({ layer, properties, cluster }) {
  if (cluster) return `${layer.title}: ${cluster.count.toLocaleString(document.documentElement.lang)}`
  return String(properties[layer.settings.titleField] ?? properties.fid)
}
