/** Hands text to the user as a file: a browser tab downloads it, Electron asks where to. */
export function saveFile(name: string, text: string, type = 'application/json'): void {
  const url = URL.createObjectURL(new Blob([text], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // Not at once: the download may not have begun.
  setTimeout(() => URL.revokeObjectURL(url), 60_000)
}
