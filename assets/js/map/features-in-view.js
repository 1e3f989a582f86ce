// Draws the features of the present view, and says how many there are.
import { fetchItems } from './items.js'
import { featurePopup } from './popup.js'

const SAY_LOADING_AFTER_MS = 400

/**
 * Keep the map filled with the features of its view.
 *
 * `layer` is `{ itemsUrl, pageUrl, titleField }`; `texts` are the sentences of the
 * status line; `status` is that of `statusOf`. When the view has more
 * features than one answer holds, none is drawn: the first lie in a clump and would pass for all.
 */
export function showFeaturesInView (webMap, layer, texts, status) {
  let request = new AbortController()
  let drawn = null

  const choose = (feature, position) => {
    webMap.openPopup(position, featurePopup(feature, layer, texts))
  }

  async function refresh () {
    request.abort()
    request = new AbortController()
    const { signal } = request
    const patience = setTimeout(() => status.say(texts.loading), SAY_LOADING_AFTER_MS)
    let found
    try {
      found = await fetchItems(layer.itemsUrl, { box: webMap.visibleBox, signal })
    } catch {
      if (!signal.aborted) {
        status.say(drawn ? texts.outdated : texts.failed)
        status.offerRetry(refresh)
      }
      return
    } finally {
      clearTimeout(patience)
    }
    drawn?.remove()
    drawn = found.hasMore
      ? webMap.writeNotice(texts.tooMany)
      : webMap.drawFeatures(found.features, { onChoose: choose })
    status.say(describe(found, texts))
    status.withdrawRetry()
  }

  webMap.onMoved(refresh)
  refresh()
}

function describe ({ features, hasMore }, texts) {
  if (hasMore) return texts.tooMany
  if (features.length === 0) return texts.none
  const count = features.length.toLocaleString(document.documentElement.lang)
  return texts.inView.replace('{count}', count)
}
