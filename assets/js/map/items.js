// The public API's features, as any third party reads them.
const MOST_AT_ONCE = 1000
const DEGREE_DECIMALS = 5

export async function fetchJson (address, { signal } = {}) {
  const response = await fetch(address, { signal, credentials: 'omit' })
  if (!response.ok) throw new Error(`${address} answered ${response.status}`)
  return response.json()
}

/** Return `{ features, hasMore }`, of the whole layer or of a box. */
export async function fetchItems (itemsUrl, { box, signal } = {}) {
  const parameters = new URLSearchParams({ limit: MOST_AT_ONCE })
  if (box) parameters.set('bbox', textOf(box))
  const { features, links = [] } = await fetchJson(`${itemsUrl}?${parameters}`, { signal })
  return { features, hasMore: links.some(({ rel }) => rel === 'next') }
}

/** Return `{ count, isAll }`: how many features of a layer are in a box; not all were counted. */
export async function countItems (itemsUrl, { box, signal }) {
  const parameters = new URLSearchParams({ limit: 1, count: true, bbox: textOf(box) })
  const answer = await fetchJson(`${itemsUrl}?${parameters}`, { signal })
  const { numberMatched, numberMatchedAtLeast } = answer
  return { count: numberMatched ?? numberMatchedAtLeast, isAll: numberMatched !== undefined }
}

const textOf = (box) => box.map((degrees) => degrees.toFixed(DEGREE_DECIMALS))
