// A button beside each example that copies it. Without a script the text can be selected.

for (const block of document.querySelectorAll('[data-copy]')) addButton(block)

function addButton (block) {
  const { copyText, copiedText, failedText } = block.dataset
  const code = block.querySelector('code')
  const region = block.querySelector('[aria-labelledby]')
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'govuk-button govuk-button--secondary example__copy'
  button.textContent = copyText
  // Many buttons say the same; each is told apart by the title of its example.
  button.setAttribute('aria-describedby', region.getAttribute('aria-labelledby'))
  const status = document.createElement('span')
  status.className = 'example__status'
  status.setAttribute('role', 'status')
  button.addEventListener('click', async () => {
    // Emptied first, so that the same words are announced again.
    status.textContent = ''
    const isCopied = await copy(code)
    status.textContent = isCopied ? copiedText : failedText
  })
  block.append(button, status)
}

/** Copy the text of an element, or select it where the browser does not let us. */
async function copy (element) {
  try {
    await navigator.clipboard.writeText(element.textContent)
    return true
  } catch {
    window.getSelection().selectAllChildren(element)
    return false
  }
}
