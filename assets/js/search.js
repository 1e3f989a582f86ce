// The search box suggests places while somebody types. Without it the form works by itself.
import accessibleAutocomplete from 'accessible-autocomplete'

const shortest = 2
const pauseMs = 120

for (const form of document.querySelectorAll('[data-place-search]')) enhance(form)

function enhance (form) {
  const texts = form.dataset
  const input = form.querySelector('input[name=place]')
  const label = form.querySelector('label')
  const hint = form.querySelector('.govuk-hint')
  const box = document.createElement('div')
  box.className = 'search-form__suggest'
  input.replaceWith(box)
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
    source: suggester(texts.places),
    onConfirm: (place) => {
      if (place) window.location.assign(texts.area.replace('SLUG', encodeURIComponent(place.slug)))
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
}

// Asks when somebody pauses, and forgets what was asked before.
function suggester (address) {
  let timer
  let asked = new AbortController()
  return (text, populate) => {
    clearTimeout(timer)
    asked.abort()
    asked = new AbortController()
    const { signal } = asked
    timer = setTimeout(async () => populate(await suggestionsFor(address, text, signal)), pauseMs)
  }
}

async function suggestionsFor (address, text, signal) {
  try {
    const answer = await fetch(`${address}?limit=6&q=${encodeURIComponent(text)}`, { signal })
    if (!answer.ok) return []
    return (await answer.json()).features.map((feature) => feature.properties)
  } catch {
    return [] // the form still answers; a suggestion is only a short cut
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
