// The map under the layers, which the panel switches on and off.
import { drawBasemap } from '../map/basemap.js'

export function startBackground (webMap, block) {
  const map = block.querySelector('.map-block')
  const source = map.querySelector('.map-block__source')
  const choices = [...block.querySelectorAll('input[name=basemap]')]
  let remove = null

  const update = () => {
    const isWanted = choices.some(({ checked, value }) => checked && value === 'on')
    if (source) source.hidden = !isWanted
    if (isWanted) remove ??= drawBasemap(webMap, map)
    else remove = remove?.()
  }

  for (const choice of choices) choice.addEventListener('change', update)
  update()
}
