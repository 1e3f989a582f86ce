// Back and forward between the views that somebody had of the map.

const MOST_KEPT = 50

export function startViews (webMap, block) {
  const back = block.querySelector('[data-tool="back"]')
  const forward = block.querySelector('[data-tool="forward"]')
  const views = [viewOf(webMap)]
  let place = 0
  let isReturning = false

  const update = () => {
    back.disabled = place === 0
    forward.disabled = place === views.length - 1
  }
  const go = (step) => {
    if (!views[place + step]) return
    place += step
    isReturning = true
    webMap.goTo(views[place].position, views[place].zoom, { isInstant: true })
    update()
  }
  webMap.onMoved(() => {
    if (isReturning) {
      isReturning = false
      return
    }
    views.splice(place + 1)
    views.push(viewOf(webMap))
    if (views.length > MOST_KEPT) views.shift()
    place = views.length - 1
    update()
  })
  back.addEventListener('click', () => go(-1))
  forward.addEventListener('click', () => go(1))
}

const viewOf = (webMap) => ({ position: webMap.middle, zoom: webMap.zoom })
