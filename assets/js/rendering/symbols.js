// The shapes of points, in a box from -1 to 1: one list for canvas and legends alike.

export const SHAPES = {
  circle: 'M1 0A1 1 0 1 1 -1 0A1 1 0 1 1 1 0Z',
  square: 'M-.85 -.85H.85V.85H-.85Z',
  triangle: 'M0 -1L1 .8H-1Z',
  diamond: 'M0 -1.1L1.1 0L0 1.1L-1.1 0Z',
  star: 'M0 -1.15L.33 -.4L1.15 -.35L.52 .17L.72 .98L0 .55L-.72 .98L-.52 .17L-1.15 -.35L-.33 -.4Z',
  cross: 'M-.35 -1H.35V-.35H1V.35H.35V1H-.35V.35H-1V-.35H-.35Z'
}
const CASING_PX = 1.5
const MARGIN_PX = 2

/** Return `{ canvas, halfPx }`: a symbol ready to be stamped as often as there are points. */
export function stampOf ({ symbol, colour, casing, radiusPx }, pixelRatio) {
  // A star reaches beyond its box.
  const halfPx = Math.ceil(radiusPx * 1.2 + CASING_PX + MARGIN_PX)
  const canvas = document.createElement('canvas')
  canvas.width = canvas.height = halfPx * 2 * pixelRatio
  const context = canvas.getContext('2d')
  context.scale(pixelRatio, pixelRatio)
  context.translate(halfPx, halfPx)
  context.scale(radiusPx, radiusPx)
  const shape = new Path2D(SHAPES[symbol] ?? SHAPES.circle)
  context.lineJoin = 'round'
  context.lineWidth = (2 * CASING_PX) / radiusPx
  context.strokeStyle = casing
  context.stroke(shape)
  context.fillStyle = colour
  context.fill(shape)
  return { canvas, halfPx }
}
