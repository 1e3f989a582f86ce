// From how a layer is drawn (its symbology) to rules that a tile is painted by.
//
// A rule says of the features of one layer of a tile: `layer` (its name), `mark` (area, line,
// point), `minZoom` and `maxZoom` (web map zooms; the second is no longer drawn), `where` and
// `unless` (`{ field: [values] }`), `colour`, `casing`, `line`, `fill`, `fillOpacity`, `symbol`,
// `radiusPx` and `widthPx` (a number, or `[[zoom, px], …]` between which it grows), `label` (a field),
// `labelSizePx`, `labelColour`; `isName`: it is about names alone. Rules are painted one after the
// other, the first at the bottom.
import { casingColour, shownColour } from './colours.js'

const FILL_OPACITY = 0.22
// From afar there are many, and near by each is wanted.
const POINT_RADIUS_PX = [[11, 3.5], [15, 5.5]]
const LABEL_SIZE_PX = 13
// Lines that are thinner cannot be followed by eye.
const LINE_EXTRA_PX = 2

/** Return a function that gives the rules of a layer as the present colour scheme has them. */
export function rulesOf (symbology, layer) {
  const known = symbology.classes.map(({ value }) => value)
  return () => [
    rule(symbology, symbology, layer, known.length ? { unless: { [symbology.by]: known } } : {}),
    ...symbology.classes.map((each) =>
      rule(symbology, each, layer, { where: { [symbology.by]: [each.value] } }))
  ]
}

function rule ({ mark, width_px: widthPx, label, min_zoom: minZoom }, look, layer, matches) {
  return {
    ...matches,
    layer,
    mark,
    minZoom,
    colour: shownColour(look.colour),
    casing: mark === 'area' ? null : casingColour(),
    line: look.line,
    fill: look.fill,
    fillOpacity: FILL_OPACITY,
    symbol: look.symbol,
    radiusPx: POINT_RADIUS_PX,
    widthPx: mark === 'line' ? widthPx + LINE_EXTRA_PX : widthPx,
    label,
    labelSizePx: LABEL_SIZE_PX,
    labelColour: shownColour(look.colour)
  }
}

/** Whether a rule is about a feature with these properties. */
export function isMeant ({ where, unless }, properties) {
  return (!where || holds(where, properties)) && !(unless && holds(unless, properties))
}

export function isDrawnAt ({ minZoom = 0, maxZoom = Infinity }, zoom) {
  return zoom >= minZoom && zoom < maxZoom
}

/** A width between the zooms that it is given for. */
export function widthAt (widthPx, zoom) {
  if (!Array.isArray(widthPx)) return widthPx
  const next = widthPx.findIndex(([from]) => from > zoom)
  if (next === 0) return widthPx[0][1]
  if (next < 0) return widthPx[widthPx.length - 1][1]
  const [[zoom0, px0], [zoom1, px1]] = widthPx.slice(next - 1, next + 1)
  return px0 + ((zoom - zoom0) / (zoom1 - zoom0)) * (px1 - px0)
}

function holds (conditions, properties) {
  return Object.entries(conditions).every(([field, values]) =>
    values.includes(properties[field]) || values.includes(String(properties[field] ?? '')))
}
