// The line under a map that says what it shows, to eyes and to screen readers.

/** Return `{ say, offerRetry, withdrawRetry }` over a block's status line and its retry button. */
export function statusOf (block) {
  const line = block.querySelector('.map-block__status')
  const canvas = block.querySelector('.map-block__canvas')
  const retry = block.querySelector('[data-retry]')
  return {
    say (text) {
      line.textContent = text
    },
    offerRetry (callback) {
      retry.hidden = false
      retry.onclick = callback
    },
    withdrawRetry () {
      // Whoever pressed it would be left nowhere when it goes.
      if (document.activeElement === retry) canvas.focus({ preventScroll: true })
      retry.hidden = true
    }
  }
}
