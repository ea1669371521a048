/** Names that scripts set often; offered where one is typed. */
export const commonHeaderNames = [
  'Accept',
  'Accept-Language',
  'Authorization',
  'Cache-Control',
  'Content-Language',
  'Content-Type',
  'If-Match',
  'If-None-Match',
  'Prefer',
  'Range',
  'Save-Data',
  'X-API-Key',
  'X-Correlation-Id',
  'X-CSRF-Token',
  'X-Requested-With',
] as const
