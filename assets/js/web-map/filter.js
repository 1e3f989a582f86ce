// What the form of a layer asks of its features, for those that are drawn here. The server does the
// same for its list: maps/web_map/filters.py.

/** Return a function of properties, or null where nothing is asked. `data` is the form's. */
export function filterOf ({ slug, filterFields, datetimeField }, data) {
  const tests = [
    periodOf(data.get(`since.${slug}`), data.get(`until.${slug}`), datetimeField),
    ...filterFields.map((field) => testOf(field, `where.${slug}.${field.name}`, data))
  ].filter(Boolean)
  return tests.length ? (properties) => tests.every((test) => test(properties)) : null
}

function testOf ({ name, type }, key, data) {
  if (type === 'integer' || type === 'number') {
    return rangeOf(name, numberOf(data.get(`${key}.least`)), numberOf(data.get(`${key}.most`)))
  }
  const values = data.getAll(key).filter(Boolean)
  if (values.length) return (properties) => values.includes(String(properties[name] ?? ''))
  const words = (data.get(`${key}.contains`) ?? '').trim().toLowerCase()
  return words ? (properties) => String(properties[name] ?? '').toLowerCase().includes(words) : null
}

function rangeOf (name, least, most) {
  if (least === null && most === null) return null
  return ({ [name]: value }) => typeof value === 'number' &&
    (least === null || value >= least) && (most === null || value <= most)
}

/** What has no date is shown whatever the period, as the API has it. */
function periodOf (since, until, field) {
  if (!field || (!since && !until)) return null
  return ({ [field]: value }) => {
    const day = String(value ?? '').slice(0, 10)
    return !day || ((!since || day >= since) && (!until || day <= until))
  }
}

function numberOf (text) {
  const number = Number.parseFloat(text)
  return Number.isFinite(number) ? number : null
}
