const svgNamespace = 'http://www.w3.org/2000/svg'

/** What may stand before and after the root element. */
const misc = '(?:\\s|<!--[^]*?-->|<\\?[^]*?\\?>|<!DOCTYPE(?:[^\\[>]|\\[[^\\]]*\\])*>)*'
const beginning = new RegExp(`^(?:\\uFEFF|ï»¿)?${misc}<((?:[\\w.-]+:)?svg)((?:\\s(?:[^"'>]|"[^"]*"|'[^']*')*?)?)(/?)>`)
const end = new RegExp(`</((?:[\\w.-]+:)?svg)\\s*>${misc}$`)
const nothingMore = new RegExp(`^${misc}$`)

/** Whether a text is an SVG document: its root is an `svg` element of the namespace, and it is closed. What lies within is not looked at. */
export function isSVGDocument(text: string): boolean {
  const start = beginning.exec(text)
  if (start === null) return false
  const [whole, name = '', attributes = '', closed] = start
  const prefix = name.split(':').length > 1 ? `:${name.replace(/:svg$/, '')}` : ''
  const namespace = new RegExp(`\\sxmlns${prefix}\\s*=\\s*(?:"${svgNamespace}"|'${svgNamespace}')`)
  if (!namespace.test(` ${attributes}`)) return false
  const rest = text.slice(whole.length)
  return closed === '/' ? nothingMore.test(rest) : end.exec(rest)?.[1] === name
}
