// The map and its panel, and nothing else on the screen.

export function startFullScreen (webMap, block, texts) {
  const button = block.querySelector('[data-tool="full"]')
  const part = block.querySelector('[data-full-screen]')
  if (!part.requestFullscreen) {
    button.hidden = true
    return
  }
  button.addEventListener('click', () => {
    // A browser that refuses shows the page as it was, which is an answer.
    const asked = document.fullscreenElement ? document.exitFullscreen() : part.requestFullscreen()
    asked.catch(() => {})
  })
  document.addEventListener('fullscreenchange', () => {
    button.textContent = document.fullscreenElement ? texts.leaveFullScreen : texts.fullScreen
    // A window that filled the screen before tells the map nothing.
    webMap.fillCanvas()
  })
}
