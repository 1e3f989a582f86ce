// What the desk's pages run as well: a page that waits for the worker follows it.
const EVERY_MS = 1500

for (const block of document.querySelectorAll('[data-progress]')) follow(block)

/** Say how far it is, and load the page again when it is done. */
function follow (block) {
  const line = block.querySelector('[data-progress-line]')
  const ask = async () => {
    let answer
    try {
      const response = await fetch(block.dataset.progressUrl)
      answer = await response.json()
    } catch {
      // Signed out, or the service is away: the next time may succeed.
      setTimeout(ask, EVERY_MS)
      return
    }
    if (!answer.isBusy) {
      window.location.reload()
      return
    }
    if (answer.words && line.textContent !== answer.words) line.textContent = answer.words
    setTimeout(ask, EVERY_MS)
  }
  setTimeout(ask, EVERY_MS)
}

for (const button of document.querySelectorAll('[data-busy-words]')) {
  button.form.addEventListener('submit', () => {
    button.textContent = button.dataset.busyWords
    // A second press would send a large file twice.
    button.setAttribute('aria-disabled', 'true')
    button.addEventListener('click', (event) => event.preventDefault())
  })
}
