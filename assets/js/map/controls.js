// The buttons under a map: everything that dragging and pinching do, one press at a time.
const ACTIONS = {
  'zoom-in': (webMap) => webMap.zoomBy(1),
  'zoom-out': (webMap) => webMap.zoomBy(-1),
  'pan-north': (webMap) => webMap.panBy(0, -1),
  'pan-south': (webMap) => webMap.panBy(0, 1),
  'pan-west': (webMap) => webMap.panBy(-1, 0),
  'pan-east': (webMap) => webMap.panBy(1, 0),
  reset: (webMap) => webMap.returnToStart()
}

export function addControls (toolbar, webMap) {
  toolbar.addEventListener('click', (event) => {
    const button = event.target.closest('[data-action]')
    if (button) ACTIONS[button.dataset.action](webMap)
  })
}
