// Hatches of areas: no area is told from another by its colour alone.

const STEP_PX = 8
const LINE_PX = 1.25
const DOT_RADIUS_PX = 1.25
export const DASHES = { solid: [], dashed: [8, 5], dotted: [2, 4] }

const DRAWINGS = {
  hatched: (context) => strokes(context, [[0, STEP_PX, STEP_PX, 0]]),
  crossed: (context) => strokes(context, [[0, STEP_PX, STEP_PX, 0], [0, 0, STEP_PX, STEP_PX]]),
  dotted: (context) => {
    context.beginPath()
    context.arc(STEP_PX / 2, STEP_PX / 2, DOT_RADIUS_PX, 0, 2 * Math.PI)
    context.fill()
  }
}

/**
 * Return a pattern to fill with, or null where a fill is plain or none. `sizePx` is the side of the
 * tile: a whole number of steps fits in it, so that hatches run on from one to the next.
 */
export function hatchOf (fill, colour, context, { pixelRatio, sizePx }) {
  const draw = DRAWINGS[fill]
  if (!draw) return null
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = STEP_PX * pixelRatio
  const tile = canvas.getContext('2d')
  tile.scale(pixelRatio, pixelRatio)
  tile.strokeStyle = tile.fillStyle = colour
  tile.lineWidth = LINE_PX
  draw(tile)
  const pattern = context.createPattern(canvas, 'repeat')
  const stepPx = sizePx / Math.round(sizePx / STEP_PX)
  pattern.setTransform(new DOMMatrix().scale(stepPx / canvas.width))
  return pattern
}

function strokes (context, lines) {
  context.beginPath()
  for (const [x0, y0, x1, y1] of lines) {
    // Its neighbours' corners belong to the pattern too.
    for (const shift of [-STEP_PX, 0, STEP_PX]) {
      context.moveTo(x0 + shift - STEP_PX, y0 - (y1 - y0))
      context.lineTo(x1 + shift + STEP_PX, y1 + (y1 - y0))
    }
  }
  context.stroke()
}
