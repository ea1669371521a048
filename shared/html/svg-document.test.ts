import { expect, it } from 'vitest'
import { isSVGDocument } from './svg-document.ts'

const namespace = 'xmlns="http://www.w3.org/2000/svg"'

it.each([
  `<svg ${namespace}/>`,
  `<svg ${namespace}><rect width="1"/></svg>\n`,
  `<?xml version="1.0"?><!-- made by hand -->\n<svg width="1" ${namespace}></svg>`,
  `<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd"><svg ${namespace}></svg>`,
  `<s:svg xmlns:s='http://www.w3.org/2000/svg'></s:svg>`,
])('is a document: %s', (text) => expect(isSVGDocument(text)).toBe(true))

it.each([
  '',
  '<svg/>',
  '<svg></svg>',
  `<html ${namespace}></html>`,
  `<svg ${namespace}>`,
  `<svg ${namespace}/>and more`,
  `text<svg ${namespace}/>`,
  '<svg xmlns="http://www.w3.org/1999/xhtml"/>',
])('is none: %s', (text) => expect(isSVGDocument(text)).toBe(false))
