// The page of the map of all layers.
import { startWebMap } from './web-map/start.js'

for (const block of document.querySelectorAll('[data-map="web"]')) {
  const settings = JSON.parse(document.getElementById(block.dataset.settings).textContent)
  startWebMap(block, settings)
}
