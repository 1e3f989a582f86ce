// The line under a map that says what it shows, to eyes and to screen readers.

/** Return `{ say, offerRetry }` over a block's status line and its retry button. */
export function statusOf (block) {
  const line = block.querySelector('.map-block__status')
  const retry = block.querySelector('[data-retry]')
  return {
    say (text) {
      line.textContent = text
      retry.hidden = true
    },
    offerRetry (callback) {
      retry.hidden = false
      retry.onclick = callback
    }
  }
}
