// Places suggested under a search box while somebody types: what happens then is the page's.
import accessibleAutocomplete from 'accessible-autocomplete'

const shortest = 2
const pauseMs = 120
const MOST_SUGGESTED = 6

/**
 * Turn a form's field `place` into one that suggests. `onConfirm(place)` gets what was chosen:
 * `{ slug, label, detail, position }`, longitude before latitude. The form itself still works.
 */
export function suggestPlaces (form, { address, onConfirm }) {
  const texts = form.dataset
  const input = form.querySelector('input[name=place]')
  const label = form.querySelector('label')
  const hint = form.querySelector(`#${input.id}-hint`)
  const box = document.createElement('div')
  box.className = 'search-form__suggest'
  input.replaceWith(box)
  const suggester = new Suggester(address)
  accessibleAutocomplete({
    element: box,
    id: input.id,
    name: input.name,
    defaultValue: input.value,
    inputClasses: input.className,
    menuAttributes: { 'aria-label': label.textContent.trim() },
    // Where the button stands under the box, an overlay would hide it.
    displayMenu: window.matchMedia('(min-width: 40em)').matches ? 'overlay' : 'inline',
    minLength: shortest,
    confirmOnBlur: false,
    showNoOptionsFound: false,
    source: (text, populate) => suggester.suggest(text, populate),
    onConfirm: (place) => {
      suggester.forget()
      if (place) onConfirm(place)
    },
    templates: { inputValue: (place) => place?.label ?? '', suggestion: suggestionOf },
    tAssistiveHint: () => `${hint.textContent.trim()}. ${texts.assist}`,
    tStatusQueryTooShort: () => texts.tooShort,
    tStatusNoResults: () => texts.none,
    tStatusSelectedOption: (label, length, index) => `${label} (${index + 1}/${length})`,
    tStatusResults: (length, selected) => `${texts.found.replace('{count}', length)} ${selected}`
  })
  const suggested = form.querySelector(`#${CSS.escape(input.id)}`)
  suggested.setAttribute('maxlength', input.maxLength)
  suggested.setAttribute('spellcheck', 'false')
  suggested.addEventListener('keydown', searchOnEnter)
  // What comes afterwards would lie over what was asked for.
  form.addEventListener('submit', () => suggester.forget())
}

/** While suggestions are open the component swallows Enter, though none of them is chosen. */
function searchOnEnter (event) {
  const box = event.currentTarget
  if (event.key !== 'Enter' || box.getAttribute('aria-expanded') !== 'true') return
  event.stopPropagation()
  // Whoever leaves the box closes the suggestions; it keeps the focus all the same.
  box.dispatchEvent(new FocusEvent('blur'))
}

/** Return the places that a text may mean, the likeliest first; none where nobody can be asked. */
export async function placesCalled (address, text, signal) {
  try {
    const query = new URLSearchParams({ limit: MOST_SUGGESTED, q: text })
    const answer = await fetch(`${address}?${query}`, { signal })
    if (!answer.ok) return []
    return (await answer.json()).features.map(({ properties, geometry }) =>
      ({ ...properties, position: geometry?.coordinates }))
  } catch {
    return [] // the form still answers; a suggestion is only a short cut
  }
}

// Asks when somebody pauses, and forgets what was asked before.
class Suggester {
  #address
  #timer
  #asked = new AbortController()

  constructor (address) {
    this.#address = address
  }

  suggest (text, populate) {
    this.forget()
    const { signal } = this.#asked
    this.#timer = setTimeout(async () => {
      const places = await placesCalled(this.#address, text, signal)
      if (!signal.aborted) populate(places)
    }, pauseMs)
  }

  forget () {
    clearTimeout(this.#timer)
    this.#asked.abort()
    this.#asked = new AbortController()
  }
}

function suggestionOf (place) {
  if (typeof place === 'string') return escaped(place)
  const detail = place.detail ? ` <span class="suggestion__detail">${escaped(place.detail)}</span>` : ''
  return `<span class="suggestion">${escaped(place.label)}</span>${detail}`
}

function escaped (text) {
  const element = document.createElement('span')
  element.textContent = text
  return element.innerHTML
}
