// The lines under the map: what it shows, what is missing, and a button to try again.

export class Status {
  #line
  #failure
  #retry
  #texts
  #warnings = new Map()
  #retries = new Set()

  constructor (block, texts) {
    this.#line = block.querySelector('.map-block__status')
    this.#failure = block.querySelector('[data-failure]')
    this.#retry = block.querySelector('[data-retry]')
    this.#texts = texts
    this.#retry.addEventListener('click', () => {
      for (const retry of this.#retries) retry()
      block.querySelector('.map-block__canvas').focus({ preventScroll: true })
    })
  }

  /** Say what the layers are at: `states` is a list of `{ title, state, isDrawn, hasFailed }`. */
  describe (states) {
    const loading = states.filter(({ state }) => state?.isLoading)
    const missing = states.filter(({ state, hasFailed }) => hasFailed || state?.failures)
    this.#say(this.#sentences(states, { loading, missing }).join(' '))
    this.warn('tiles', missing.length ? fill(this.#texts.failedTiles, missing) : '')
    this.#retry.hidden = missing.length === 0
  }

  onRetry (callback) {
    this.#retries.add(callback)
  }

  warn (subject, text) {
    if (text) this.#warnings.set(subject, text)
    else this.#warnings.delete(subject)
    setText(this.#failure, [...this.#warnings.values()].join(' '))
  }

  #sentences (states, { loading, missing }) {
    if (states.length === 0) return [this.#texts.empty]
    if (loading.length) return [fill(this.#texts.loading, loading)]
    const hidden = states.filter(({ isDrawn }) => !isDrawn)
    const said = []
    if (hidden.length) said.push(fill(this.#texts.tooFar, hidden))
    else if (!missing.length) said.push(this.#texts.ready)
    if (states.some(({ state }) => state?.hidesCells)) said.push(this.#texts.hiddenCells)
    else if (states.some(({ state }) => state?.showsClusters)) said.push(this.#texts.clusters)
    return said
  }

  #say (text) {
    setText(this.#line, text)
  }
}

const fill = (text, states) => text.replace('{layers}', states.map(({ title }) => title).join(', '))

// The same words again would be read out again.
function setText (element, text) {
  if (element.textContent !== text) element.textContent = text
}
