import { readdir, readFile, readlink } from 'node:fs/promises'
import { basename } from 'node:path'

/** What usually listens there; of a port that is not here, nothing can be said. */
const usual: Readonly<Record<number, string>> = {
  80: 'a web server, Apache or nginx',
  443: 'a web server, Apache or nginx',
  3000: 'a development server, Next.js, Rails or Grafana',
  3306: 'MySQL',
  4200: 'Angular’s development server',
  4321: 'Astro’s development server',
  5000: 'Flask, or AirPlay on macOS',
  5173: 'Vite’s development server',
  5432: 'PostgreSQL',
  6006: 'Storybook',
  6379: 'Redis',
  7000: 'AirPlay on macOS',
  8000: 'Django’s or Python’s development server',
  8080: 'a development server or proxy, Tomcat, Jenkins or Spring Boot',
  8081: 'Metro, of React Native',
  8443: 'a development server over https',
  8888: 'Jupyter',
  9000: 'PHP-FPM, MinIO or SonarQube',
  9200: 'Elasticsearch',
  9229: 'Node’s inspector',
}

/** A sentence about who may have a port that is taken; null where nothing is known. */
export async function holderOf(port: number): Promise<string | null> {
  const program = process.platform === 'linux' ? await programOn(port).catch(() => null) : null
  if (program !== null) return `The program ${program.name} (process ${program.id}) listens on port ${port}.`
  return usual[port] === undefined ? null : `Another program listens on port ${port}; usually that is ${usual[port]}.`
}

/** Of the programs that this user may look at, as /proc tells. */
async function programOn(port: number): Promise<{ name: string; id: string } | null> {
  const links = await listeningSockets(port)
  if (links.size === 0) return null
  for (const id of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    const files = await readdir(`/proc/${id}/fd`).catch(() => [])
    for (const file of files) {
      const link = await readlink(`/proc/${id}/fd/${file}`).catch(() => '')
      // Its file, not what it calls itself: Node is called MainThread.
      if (links.has(link)) return { name: basename(await readlink(`/proc/${id}/exe`)).replace(/ \(deleted\)$/, ''), id }
    }
  }
  return null
}

async function listeningSockets(port: number): Promise<Set<string>> {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').slice(1)).map((row) => row.trim().split(/\s+/))
  // 0A: LISTEN; the tenth field is the socket's inode.
  return new Set(rows.filter(([, local, , state]) => local?.endsWith(suffix) && state === '0A').map((row) => `socket:[${row[9] ?? ''}]`))
}
