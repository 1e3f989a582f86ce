// Pictures of another host under a map. When they fail the map says so and goes on without.

export function drawPictures (webMap, block, { tilesUrl, minZoom, maxZoom, texts }) {
  const line = block.querySelector('.map-block__basemap-status')
  const drawing = webMap.drawPictures({
    address: tilesUrl,
    minZoom,
    maxZoom,
    onChanged: ({ failures }) => {
      line.textContent = failures ? texts.failed : ''
    }
  })
  return () => {
    drawing.remove()
    line.textContent = ''
  }
}
