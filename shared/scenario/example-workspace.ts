import { newMockServer } from '#shared/policy/mock-server'
import { newPolicy } from '#shared/policy/policy'
import type { Sweep } from './sweep.ts'
import type { SavedRequest, Workspace } from './workspace.ts'

const orders = newMockServer({
  id: 'orders-api',
  name: 'Orders API',
  port: 4001,
  policy: {
    ...newPolicy,
    methods: ['GET', 'PUT', 'PATCH', 'DELETE'],
    requestHeaders: ['content-type', 'x-api-key'],
    exposedHeaders: ['X-Total-Count'],
  },
  response: {
    kind: 'fixed',
    status: 200,
    headers: [
      ['Content-Type', 'application/json'],
      ['X-Total-Count', '2'],
      ['X-Request-Id', '7f3a91'],
    ],
    body: JSON.stringify(
      {
        orders: [
          { id: 17, status: 'open' },
          { id: 18, status: 'shipped' },
        ],
      },
      null,
      2,
    ),
  },
})

const page = { origin: 'http://localhost:5173' }
const url = 'http://localhost:4001/orders'

const requests: SavedRequest[] = [
  { id: 'list-orders', name: 'List orders', page, request: { api: 'fetch', url, headers: [], disabledHeaders: [] } },
  {
    id: 'update-order',
    name: 'Update an order',
    page,
    request: {
      api: 'fetch',
      url: `${url}/17`,
      method: 'PUT',
      headers: [
        ['Content-Type', 'application/json'],
        ['X-API-Key', 'k_4f1d'],
      ],
      disabledHeaders: [],
      body: '{"status":"shipped"}',
    },
  },
  {
    id: 'orders-with-cookies',
    name: 'List orders with cookies',
    page,
    request: { api: 'fetch', url, credentials: 'include', headers: [], disabledHeaders: [] },
  },
  {
    id: 'ping-no-cors',
    name: 'Ping without CORS',
    page,
    request: {
      api: 'fetch',
      url: `${url}/ping`,
      method: 'POST',
      mode: 'no-cors',
      headers: [['Content-Type', 'text/plain']],
      disabledHeaders: [],
      body: 'ping',
    },
  },
  {
    id: 'delete-from-elsewhere',
    name: 'Delete an order from another origin',
    page: { origin: 'https://app.example.com' },
    request: { api: 'xhr', url: `${url}/18`, method: 'DELETE', headers: [], disabledHeaders: [] },
  },
]

/** What a lab that has no workspace yet opens with. */
const whoMayDoWhat: Sweep = {
  id: 'who-may-do-what',
  name: 'Who may do what',
  server: orders.id,
  path: '/orders',
  origins: [
    'http://localhost:5173',
    'https://localhost:5173',
    'http://localhost:8000',
    'http://127.0.0.1:5173',
    'http://localhost.evil.example:5173',
    'https://app.example.com',
    'null',
  ],
  methods: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'patch', 'DELETE'],
  headerSets: [[], [['Save-Data', 'on']]],
  credentials: ['same-origin'],
}

export const exampleWorkspace: Workspace = { version: 1, name: 'Example', servers: [orders], requests, sweeps: [whoMayDoWhat] }
