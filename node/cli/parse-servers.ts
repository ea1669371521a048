import * as v from 'valibot'
import { MockServer, newMockServer } from '#shared/policy/mock-server'
import { newPolicy, Policy } from '#shared/policy/policy'
import { Workspace } from '#shared/scenario/workspace'
import { isMisread, parseAs, parseJSON, type Misread } from './parse-json.ts'

/** Written by hand, so that a misspelt field is an error rather than a default. */
const ServerFile = v.strictObject({ ...MockServer.entries, policy: v.strictObject(Policy.entries) })

/**
 * The servers of a workspace, or the one server that a file describes: what it leaves out is as in a new server.
 * @param name of a server that says none.
 */
export function parseServers(text: string, name: string): readonly MockServer[] | Misread {
  const json = parseJSON(text)
  if (isMisread(json)) return json
  const { value } = json
  if (isRecord(value) && 'servers' in value) {
    const parsed = parseAs(Workspace, value)
    return isMisread(parsed) ? parsed : unlikeEachOther(parsed.output.servers)
  }
  const parsed = parseAs(ServerFile, isRecord(value) ? completed(value, name) : value)
  return isMisread(parsed) ? parsed : [parsed.output]
}

function completed(value: Record<string, unknown>, name: string): unknown {
  const { policy = {} } = value
  return { ...newMockServer({ id: 'server', name, port: 0 }), ...value, policy: isRecord(policy) ? { ...newPolicy, ...policy } : policy }
}

/** A server that changes is known by its id. */
function unlikeEachOther(servers: readonly MockServer[]): readonly MockServer[] | Misread {
  const again = servers.findIndex(({ id }, index) => servers.findIndex((each) => each.id === id) < index)
  return again === -1 ? servers : { where: `servers.${again}.id`, reason: 'Another server has this id.' }
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value)
