import { aptGet } from './apt-get.ts'
import { run } from './tools.ts'

/** Python's Flask with Flask-CORS, which the listings of the lessons need. The tests skip those listings where it is missing. */
export async function ensureFlask(): Promise<void> {
  if (!(await hasFlask())) await aptGet(['python3-flask', 'python3-flask-cors'])
  if (!(await hasFlask())) console.log('python3 with Flask and Flask-CORS was not found; the tests of the Flask listings are skipped.')
}

const hasFlask = async (): Promise<boolean> => (await run('python3', ['-c', 'import flask, flask_cors'])).code === 0
