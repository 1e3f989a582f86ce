// For sites that frame this service: its frames grow to the height of what they show.
const service = new URL(document.currentScript.src).origin
const shortest = 120
const tallest = 20000

window.addEventListener('message', ({ data, origin, source }) => {
  const height = Number(data?.councilMapsHeight)
  if (origin !== service || !Number.isFinite(height)) return
  for (const frame of document.querySelectorAll('iframe')) {
    if (frame.contentWindow === source) {
      frame.style.height = `${Math.min(Math.max(height, shortest), tallest)}px`
    }
  }
})
