// Draws a layer, and says how many of its features are in view.
import { countItems } from './items.js'
import { drawLayer } from './layer-drawing.js'
import { featurePopup } from './popup.js'

const SAY_LOADING_AFTER_MS = 400
const TOLERANCE_PX = 8
const CLUSTER_STEPS = 2

/**
 * Keep saying what is in view of a layer that is drawn.
 *
 * `layer` is `{ itemsUrl, pageUrl, titleField }`, `drawn` how it is drawn (see layer-drawing.js);
 * `texts` are the sentences of the status line; `status` is that of `statusOf`.
 */
export function showLayer (webMap, { layer, drawn, texts }, status) {
  let request = new AbortController()
  let drawing = null

  async function refresh () {
    request.abort()
    request = new AbortController()
    const { signal } = request
    const patience = setTimeout(() => status.say(texts.loading), SAY_LOADING_AFTER_MS)
    try {
      const found = await countItems(layer.itemsUrl, { box: webMap.visibleBox, signal })
      drawing ??= follow(await drawLayer(webMap, drawn))
      if (signal.aborted) return
      status.say(describe(found, texts))
      status.withdrawRetry()
    } catch {
      if (signal.aborted) return
      status.say(drawing ? texts.outdated : texts.failed)
      status.offerRetry(refresh)
    } finally {
      clearTimeout(patience)
    }
  }

  function follow (made) {
    made.onChanged(({ isLoading, failures }) => {
      if (isLoading || !failures) return
      status.say(texts.failed)
      status.offerRetry(() => {
        made.retry()
        refresh()
      })
    })
    return made
  }

  webMap.onChosen((position) => choose(webMap, drawing, position, layer, texts))
  webMap.onMoved(refresh)
  refresh()
}

function choose (webMap, drawing, position, layer, texts) {
  const { features: [properties], cluster } = drawing?.at(position, TOLERANCE_PX) ?? { features: [] }
  if (properties) {
    drawing.mark('chosen', properties.fid)
    const popup = webMap.openPopup(
      position, featurePopup({ id: properties.fid, properties }, layer, texts))
    popup.onClosed(() => drawing.mark('chosen', null))
  } else if (cluster) {
    webMap.goTo(position, webMap.zoom + CLUSTER_STEPS)
  }
}

function describe ({ count, isAll }, texts) {
  if (count === 0) return texts.none
  const number = count.toLocaleString(document.documentElement.lang)
  return (isAll ? texts.inView : texts.moreInView).replace('{count}', number)
}
