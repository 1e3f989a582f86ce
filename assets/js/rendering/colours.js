// Colours of what is drawn on canvas, which style sheets do not reach.

const darkScheme = window.matchMedia('(prefers-color-scheme: dark)')
// As the style sheet does it: a layer's colour is chosen to be read on white.
const SHARE_KEPT_IN_THE_DARK = 0.45
const WHITE = 255

export const isDark = () => darkScheme.matches

export function onSchemeChanged (callback) {
  darkScheme.addEventListener('change', callback)
  return () => darkScheme.removeEventListener('change', callback)
}

/** A layer's colour (#rrggbb) as it is drawn in the present scheme. */
export function shownColour (colour) {
  if (!isDark()) return colour
  const parts = [1, 3, 5].map((start) => parseInt(colour.slice(start, start + 2), 16))
  const mixed = parts.map((part) =>
    Math.round(part * SHARE_KEPT_IN_THE_DARK + WHITE * (1 - SHARE_KEPT_IN_THE_DARK)))
  return `rgb(${mixed.join(' ')})`
}

/** What goes around symbols, lines and words, so that they stand out from what is under them. */
export const casingColour = () => (isDark() ? '#10141a' : '#ffffff')
