// A button that passes the page's address on: by the device's own menu, or into the clipboard.
// Without a script there is a plain link beside it.

for (const share of document.querySelectorAll('[data-share]')) start(share)

function start (share) {
  const button = share.querySelector('button')
  const status = share.querySelector('[role=status]')
  button.hidden = false
  button.addEventListener('click', async () => {
    // Emptied first, so that the same words are announced again.
    status.textContent = ''
    status.textContent = await passOn(share.querySelector('a').href, share.dataset)
  })
}

/** Return what there is to say about it: nothing where the device has a menu of its own. */
async function passOn (url, { title, copiedText, failedText }) {
  if (navigator.share) {
    // Whoever closes the menu has changed their mind, and needs no message.
    await navigator.share({ title, url }).catch(() => {})
    return ''
  }
  try {
    await navigator.clipboard.writeText(url)
    return copiedText
  } catch {
    return failedText
  }
}
