// The list of all layers: a box to find one by its name or description, and a checkbox for each.

export function startCatalogue (block, { layers, texts }) {
  const panel = block.querySelector('[data-map-panel]')
  const search = panel.querySelector('[data-find-layer]')
  search.addEventListener('input', () => filter(panel, search.value))
  for (const box of panel.querySelectorAll('input[name=layer]')) {
    // A browser that comes back to the page may have kept what was ticked.
    box.checked = layers.has(box.value) || box.defaultChecked
    box.addEventListener('change', () => toggle(box, layers, texts))
  }
}

async function toggle (box, layers, texts) {
  const label = box.closest('label')
  label.querySelector('[data-failed]')?.remove()
  label.classList.remove('has-failed')
  if (!box.checked) {
    layers.remove(box.value)
    return
  }
  try {
    await layers.add(box.value)
  } catch {
    box.checked = false
    label.classList.add('has-failed')
    label.querySelector('span').append(failure(texts.failedLayer))
    layers.say(texts.failedLayer)
  }
}

/** Said in the label, so that it is read with the checkbox whenever somebody comes back to it. */
function failure (text) {
  const note = document.createElement('span')
  note.className = 'map-panel__failure'
  note.dataset.failed = ''
  note.textContent = text
  return note
}

function filter (panel, text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  let found = 0
  for (const theme of panel.querySelectorAll('[data-theme]')) {
    const shown = [...theme.querySelectorAll('[data-words]')].filter((label) => {
      label.hidden = !words.every((word) => label.dataset.words.includes(word))
      return !label.hidden
    })
    theme.hidden = shown.length === 0
    found += shown.length
  }
  panel.querySelector('[data-none-found]').hidden = found > 0
}
