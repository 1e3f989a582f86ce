// Pictures of another host under a map. When they fail the map says so and goes on without.

export function drawPictures (webMap, block, { tilesUrl, minZoom, maxZoom, texts }, say) {
  const drawing = webMap.drawPictures({
    address: tilesUrl,
    minZoom,
    maxZoom,
    onChanged: ({ failures }) => say(failures ? texts.failed : '')
  })
  return () => drawing.remove()
}
