import type { Listing } from '../lesson.ts'

/** The greeting server with CORS for all routes; tests run both and hold their answers against the lesson's mock server. */
export const listingsOfAllowEverybody: readonly Listing[] = [
  {
    name: 'Flask with Flask-CORS',
    file: 'greeting.py',
    run: 'pip install flask flask-cors && python greeting.py',
    code: `import os
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
# Without send_wildcard, Flask-CORS says the origin that asked in place of *.
CORS(app, send_wildcard=True)

@app.route("/")
def greet():
    return "Hello, CORS-enabled world!"

app.run(port=int(os.environ.get("PORT", "{api}")))
`,
  },
  {
    name: 'Express with cors',
    file: 'greeting.js',
    run: 'npm install express cors && node greeting.js',
    code: `const express = require('express')
const cors = require('cors')

const app = express()
app.use(cors())

app.get('/', (request, response) => response.send('Hello, CORS-enabled world!'))

app.listen(process.env.PORT ?? {api}, '127.0.0.1')
`,
  },
]
