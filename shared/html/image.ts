import { extractAMIMEType } from '#shared/fetch/extract-a-mime-type'
import { rule } from '#shared/fetch/fetch-params'
import type { FetchParams } from '#shared/fetch/fetch-params'
import { sniffedImageType } from '#shared/fetch/image-type'
import { isOkStatus } from '#shared/fetch/response'
import { endingOfError, failed, isCORSCrossOrigin, isNullBodyStatus, load, unsafeResponse } from './ending.ts'
import type { EndingSteps } from './ending.ts'
import { isSVGDocument } from './svg-document.ts'

/** https://html.spec.whatwg.org/multipage/images.html#update-the-image-data, from the response on. The status does not matter. */
export const endingOfImage: EndingSteps = (fetchParams, response) => {
  const error = endingOfError(response)
  if (error !== null) return error
  const { status, headerList, body } = unsafeResponse(response)
  const mimeType = extractAMIMEType(headerList)
  const facts = { mimeType, status }
  if (body === undefined && !isNullBodyStatus(status)) {
    rule(fetchParams, 'decided', { step: 'update-the-image-data/decode', result: 'not known', facts })
    return { outcome: 'not modelled' }
  }

  const bytes = body === undefined || isNullBodyStatus(status) ? '' : body
  const { decodes, deviation } = decoded(fetchParams, mimeType, status, bytes)
  if (!decodes) {
    rule(fetchParams, 'stopped', { step: 'update-the-image-data/decode', result: 'no image', facts }, deviation)
    return failed
  }
  const result = isCORSCrossOrigin(response) ? 'CORS-cross-origin' : 'CORS-same-origin'
  rule(fetchParams, 'passed', { step: 'update-the-image-data/origin', result, facts }, deviation)
  return load
}

/** A raster image has its signature and more than a header; whether it decodes to its end, nobody asks here. */
const isRaster = (bytes: string): boolean => sniffedImageType(bytes) !== undefined && bytes.length >= 26

function decoded({ profile }: FetchParams, mimeType: string, status: number, bytes: string): { decodes: boolean; deviation?: string } {
  const isSVG = mimeType === 'image/svg+xml'
  if (!profile.ways.sniffsImagesFirst) return { decodes: isSVG ? isSVGDocument(bytes) : isRaster(bytes) }
  if (isRaster(bytes)) return isSVG ? { decodes: true, deviation: 'sniffsImagesFirst' } : { decodes: true }
  if (!isSVG || !isSVGDocument(bytes)) return { decodes: false }
  return isOkStatus(status) ? { decodes: true } : { decodes: false, deviation: 'sniffsImagesFirst' }
}
