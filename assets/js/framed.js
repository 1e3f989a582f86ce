// Within a frame of another site: tells the page around it how tall it would like to be.
const tell = () => window.parent.postMessage(
  // A height is no secret, and the page around may be anybody's.
  { councilMapsHeight: Math.ceil(document.documentElement.getBoundingClientRect().height) }, '*'
)

new ResizeObserver(tell).observe(document.documentElement)
tell()
