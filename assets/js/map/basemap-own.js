// Our own basemap: the rules of maps/basemap_style.py in the words of rendering/rules.js.
import { isDark, onSchemeChanged } from '../rendering/colours.js'
import { TileSource } from '../rendering/tile-source.js'
import { fetchJson } from './items.js'

const MOST_IMPORTANT = 100

/** `say` is told where the rules, or tiles in view, cannot be had; the map goes on without them. */
export function drawOwn (webMap, block, settings, say) {
  const request = new AbortController()
  let remove = () => {}
  const { signal } = request
  fetchJson(settings.styleUrl, { signal }).then(
    (style) => {
      if (!signal.aborted) remove = drawInStyle(webMap, block, settings, style, say)
    },
    () => {
      if (!signal.aborted) say(settings.texts.failed)
    }
  )
  return () => {
    request.abort()
    remove()
  }
}

function drawInStyle (webMap, block, { tilesUrl, minZoom, maxZoom, box, texts }, style, say) {
  const rules = {
    light: rulesIn(style, style.palettes.light),
    dark: rulesIn(style, style.palettes.dark)
  }
  const scheme = () => (isDark() ? 'dark' : 'light')
  const showLand = () => {
    block.style.setProperty('--map-land-colour', style.palettes[scheme()].land)
  }
  showLand()
  const stopListening = onSchemeChanged(showLand)
  const drawing = webMap.drawBasemapTiles({
    source: new TileSource({ address: tilesUrl, minZoom, maxZoom }),
    rules: () => rules[scheme()],
    box
  })
  drawing.onChanged(({ failures }) => say(failures ? texts.failed : ''))
  return () => {
    stopListening()
    block.style.removeProperty('--map-land-colour')
    drawing.remove()
  }
}

function rulesIn ({ paints, labels }, palette) {
  return [
    ...paints.map((paint) => paintRule(paint, paints, palette)),
    ...labels.map((label, place) => labelRule(label, MOST_IMPORTANT - place, labels, palette))
  ]
}

function paintRule (paint, paints, palette) {
  const { part, mark, colour, fromZoom, widthPx, dash, edge, edgeFromZoom, isRound } = paint
  return {
    layer: part,
    mark,
    ...matching(paint, paints),
    minZoom: fromZoom,
    colour: palette[colour],
    ...(mark === 'area' && {
      widthPx: edge ? [[edgeFromZoom - 0.01, 0], [edgeFromZoom, 1]] : 0,
      outlineColour: palette[edge]
    }),
    ...(mark === 'line' && { widthPx, dash, line: isRound ? 'solid' : 'dashed', isLinesOnly: true }),
    ...(mark === 'point' && { symbol: 'circle', casing: palette[`${colour}-halo`], radiusPx: widthPx[widthPx.length - 1][1] / 2 })
  }
}

function labelRule (label, labelRank, labels, palette) {
  const { part, mark, fromZoom, text, sizePx, colour, halo } = label
  return {
    layer: part,
    mark,
    ...matching(label, labels),
    isName: true,
    isBeside: label.isBeside,
    minZoom: fromZoom,
    label: text,
    labelRank,
    labelSizePx: sizePx,
    labelColour: palette[colour],
    labelCasing: palette[halo],
    labelWeight: `${label.isItalic ? 'italic ' : ''}${label.isBold ? 'bold' : 'normal'}`,
    labelSpacingPx: label.isSpaced ? 1 : 0,
    labelApartPx: label.apartPx
  }
}

/** The class "" stands for every one that no other rule of the same part and mark names. */
function matching ({ part, mark, classes }, rules) {
  if (!classes.includes('')) return { where: { class: classes } }
  const others = rules
    .filter((rule) => rule.part === part && rule.mark === mark)
    .flatMap((rule) => rule.classes)
    .filter((each) => !classes.includes(each))
  return others.length ? { unless: { class: others } } : {}
}
