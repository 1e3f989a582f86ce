// What a page with a map runs at once. Drawing maps is most of what such a page weighs, so it comes
// when a map is nearly in view, or is asked to show something of the list.
import { statusOf } from './map/status.js'

const NEAR = '25% 0px'
const blocks = [...document.querySelectorAll('[data-map]')]
let script = null
let isDrawn = false

/** Return whether the maps are drawn. Where they could not be, each says so and offers a retry. */
async function drawMaps () {
  if (isDrawn) return true
  for (const block of blocks) note(block, block.dataset.loading)
  try {
    script ??= run(blocks[0].dataset.script)
    await script
    isDrawn = true
    for (const block of blocks) statusOf(block).withdrawRetry()
  } catch {
    script = null
    for (const block of blocks) offerRetry(block)
  }
  return isDrawn
}

// An element rather than an import: browsers remember that an import has failed.
function run (address) {
  return new Promise((resolve, reject) => {
    const element = document.createElement('script')
    element.src = address
    element.onload = resolve
    element.onerror = reject
    document.head.append(element)
  })
}

function offerRetry (block) {
  const status = statusOf(block)
  note(block, '')
  status.say(block.dataset.failed)
  status.offerRetry(drawMaps)
}

function note (block, text) {
  block.querySelector('.map-block__needs-script').textContent = text
}

function drawWhenNear () {
  const observer = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return
    observer.disconnect()
    drawMaps()
  }, { rootMargin: NEAR })
  for (const block of blocks) observer.observe(block)
}

// Pressed before there is a map, a button of the list brings it, and is then pressed again.
function drawWhenAsked () {
  for (const button of document.querySelectorAll('[data-show-on-map]')) button.hidden = false
  document.addEventListener('click', async ({ target }) => {
    const button = target.closest('[data-show-on-map]')
    if (!button || isDrawn) return
    if (await drawMaps()) button.click()
    else blocks[0].scrollIntoView({ block: 'nearest' })
  })
}

drawWhenNear()
drawWhenAsked()
