/** What all servers under measurement answer: the same status, headers and body, to a page that may read them. */
export const page = 'http://localhost:5173'
export const path = '/orders'
export const body = '{"orders":[{"id":17,"status":"open"},{"id":18,"status":"shipped"}]}'
export const allowed = {
  methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
  headers: ['content-type', 'x-api-key'],
  exposed: ['X-Total-Count'],
  maxAge: 600,
}

/** Tells whoever started this process that the server listens. */
export function ready(port: number): void {
  if (process.send) process.send({ port })
  else console.log(`http://localhost:${port}`)
}
