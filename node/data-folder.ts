import { homedir } from 'node:os'
import { join } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** Where the lab keeps its files, by the custom of the system; `CORSLAB_DATA` overrides it. Desktop app and web host share it. */
export function dataFolder(environment: Environment = process.env, platform: string = process.platform, home: string = homedir()): string {
  const { CORSLAB_DATA, XDG_DATA_HOME, APPDATA } = environment
  if (CORSLAB_DATA) return CORSLAB_DATA
  if (platform === 'darwin') return join(home, 'Library', 'Application Support', 'CORS Lab')
  if (platform === 'win32') return join(APPDATA || join(home, 'AppData', 'Roaming'), 'CORS Lab')
  return join(XDG_DATA_HOME || join(home, '.local', 'share'), 'cors-lab')
}

/** The file that holds everything the user edits. */
export const workspaceFile = (folder: string): string => join(folder, 'workspace.json')
