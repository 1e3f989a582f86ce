// What a popup holds. Everything from the data goes in as text, never as HTML.

/** A popup that names a feature and leads to its page. */
export function featurePopup (feature, { titleField, pageUrl }, texts) {
  const link = document.createElement('a')
  link.href = `${pageUrl}/${encodeURIComponent(feature.id)}`
  link.target = '_top'
  link.textContent = texts.details
  return popup(String(feature.properties[titleField] ?? feature.id), [link])
}

/** A popup that says what an item of the list says. */
export function itemPopup (name, facts) {
  return popup(name, facts)
}

/** A popup that says all of a feature: `fields` are pairs of a property's name and its title. */
export function fieldsPopup (feature, fields, titleField) {
  const said = fields.filter(([name]) => name !== titleField && isSaid(feature.properties[name]))
  return popup(
    String(feature.properties[titleField] ?? feature.id),
    said.map(([name, title]) => `${title}: ${feature.properties[name]}`)
  )
}

function isSaid (value) {
  return value !== null && value !== undefined && value !== ''
}

function popup (title, facts) {
  const element = document.createElement('div')
  element.className = 'map-popup'
  element.tabIndex = -1
  element.append(paragraph('map-popup__title', title))
  element.append(...facts.map((fact) => paragraph('map-popup__facts', fact)))
  return element
}

function paragraph (className, content) {
  const element = document.createElement('p')
  element.className = className
  element.append(content)
  return element
}
