// Paints the features of one tile by rules, in steps: whoever runs it says when to go on.
import { clustersOf, drawClusters, isCell } from './clusters.js'
import { DASHES, hatchOf } from './fills.js'
import { labelsOf } from './label-places.js'
import { isDrawnAt, isMeant, widthAt } from './rules.js'
import { stampOf } from './symbols.js'

const FEATURES_A_STEP = 40
const HATCHED_FILL_OPACITY = 0.08
const CASING_PX = 1.5
const [LINE, AREA] = [2, 3]

/**
 * Paint `content` on `context`, whose unit is a CSS pixel.
 *
 * `view` is `{ zoom, sizePx, unitPx, shiftX, shiftY, isEnlarged, pixelRatio, keeps, isFiltered }`:
 * how large it is; pixels to a unit of the content; which unit is at its corner, where it is a part
 * of a larger one; `keeps(properties)` leaves features out. Returns, after the last step,
 * `{ labels, clusters, hiddenCells }`: names in pixels, clusters in units, and whether there are
 * counts that a filter has nothing to say to.
 */
export function * paintTile (context, content, rules, view) {
  const found = { labels: [], clusters: [], hiddenCells: false }
  context.lineJoin = 'round'
  for (const rule of rules) {
    if (!isDrawnAt(rule, view.zoom)) continue
    const { features, cells } = yield * sort(content.layers[rule.layer] ?? [], rule, view)
    if (features.length && !rule.isName) yield * PAINTERS[rule.mark](context, features, rule, view)
    if (features.length && rule.label) found.labels.push(...labelsOf(features, rule, view))
    if (cells.length) found.clusters.push(...paintCells(context, cells, rule, content, view))
    found.hiddenCells ||= cells.length > 0 && view.isFiltered
    yield
  }
  return found
}

function * sort (all, rule, { keeps }) {
  const features = []
  const cells = []
  for (const [index, feature] of all.entries()) {
    if (isCell(feature)) {
      if (!rule.where) cells.push(feature)
    } else if (isMeant(rule, feature.properties) && keeps(feature.properties)) {
      features.push(feature)
    }
    if (index % FEATURES_A_STEP === 0) yield
  }
  return { features, cells }
}

const PAINTERS = { area: paintAreas, line: paintLines, point: paintPoints }

function * paintAreas (context, features, rule, view) {
  const hatch = hatchOf(rule.fill, rule.colour, context, view)
  const widthPx = widthAt(rule.widthPx ?? 0, view.zoom)
  context.setLineDash(DASHES[rule.line] ?? [])
  context.lineWidth = widthPx
  context.strokeStyle = rule.outlineColour ?? rule.colour
  for (const path of pathsOf(features.filter(({ type }) => type === AREA), view)) {
    if (rule.fill !== 'none') {
      context.globalAlpha = hatch ? HATCHED_FILL_OPACITY : rule.fillOpacity ?? 1
      context.fillStyle = rule.colour
      context.fill(path)
      context.globalAlpha = 1
      if (hatch) {
        context.fillStyle = hatch
        context.fill(path)
      }
    }
    if (widthPx > 0) context.stroke(path)
    yield
  }
  context.setLineDash([])
}

function * paintLines (context, features, rule, view) {
  const widthPx = widthAt(rule.widthPx, view.zoom)
  const paths = []
  const lines = features.filter(({ type }) => type === LINE || (type === AREA && !rule.isLinesOnly))
  for (const path of pathsOf(lines, view)) {
    paths.push(path)
    yield
  }
  context.lineCap = rule.line === 'solid' ? 'round' : 'butt'
  // All casings lie under all lines, or roads would be cut where they meet.
  if (rule.casing) {
    context.strokeStyle = rule.casing
    context.lineWidth = widthPx + 2 * (rule.casingPx ?? CASING_PX)
    yield * strokeEach(context, paths)
  }
  context.setLineDash(rule.dash ?? DASHES[rule.line] ?? [])
  context.strokeStyle = rule.colour
  context.lineWidth = widthPx
  yield * strokeEach(context, paths)
  context.setLineDash([])
}

function * strokeEach (context, paths) {
  for (const path of paths) {
    context.stroke(path)
    yield
  }
}

function * paintPoints (context, features, rule, view) {
  const { canvas, halfPx } = stampOf({ ...rule, radiusPx: widthAt(rule.radiusPx, view.zoom) }, view.pixelRatio)
  const side = halfPx * 2
  for (const [index, feature] of features.entries()) {
    for (const [place] of feature.type === 1 ? feature.loadGeometry() : []) {
      const x = (place.x - view.shiftX) * view.unitPx - halfPx
      const y = (place.y - view.shiftY) * view.unitPx - halfPx
      context.drawImage(canvas, x, y, side, side)
    }
    if (index % FEATURES_A_STEP === 0) yield
  }
}

function paintCells (context, cells, rule, { extent }, { unitPx, isEnlarged, isFiltered }) {
  // A count of everything in a cell says nothing of a part of it, nor of what is wanted there.
  if (isEnlarged || isFiltered) return []
  const clusters = clustersOf(cells, extent, unitPx)
  drawClusters(context, clusters, rule, unitPx)
  return clusters
}

/** Give the features' outlines, some at a time. Winding tells holes from what is filled. */
function * pathsOf (features, view) {
  for (let first = 0; first < features.length; first += FEATURES_A_STEP) {
    const path = new Path2D()
    for (const feature of features.slice(first, first + FEATURES_A_STEP)) trace(path, feature, view)
    yield path
  }
}

/** Add a feature's lines or rings to a path, in pixels. */
export function trace (path, feature, { unitPx, shiftX, shiftY }) {
  for (const line of feature.loadGeometry()) {
    path.moveTo((line[0].x - shiftX) * unitPx, (line[0].y - shiftY) * unitPx)
    for (let i = 1; i < line.length; i++) {
      path.lineTo((line[i].x - shiftX) * unitPx, (line[i].y - shiftY) * unitPx)
    }
    if (feature.type === AREA) path.closePath()
  }
}
