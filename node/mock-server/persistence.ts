import { get, type HeaderList } from '#shared/fetch/header-list'
import type { ServedRequest, ServedResponse } from '#shared/policy/respond'

/** https://www.rfc-editor.org/rfc/rfc9112#name-persistence */
export const staysOpen = ({ version, headerList }: { version: string; headerList: HeaderList }): boolean =>
  version !== '1.0' && !/(^|,)[ \t]*close[ \t]*(,|$)/i.test(get(headerList, 'Connection') ?? '')

/** Whether the client can tell where this answer ends without the connection's end: https://www.rfc-editor.org/rfc/rfc9112#name-message-body-length */
export const endsByItself = ({ method }: ServedRequest, { status, headerList, body, file, closes }: ServedResponse): boolean =>
  closes === undefined &&
  (method === 'HEAD' || status === 204 || status === 304 || file !== undefined || get(headerList, 'Content-Length') === String(body.length))
