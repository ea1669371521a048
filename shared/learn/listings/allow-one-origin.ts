import type { Listing } from '../lesson.ts'

/** The greeting server for one origin; tests run both and hold their answers against the lesson's mock server. */
export const listingsOfAllowOneOrigin: readonly Listing[] = [
  {
    name: 'Flask with Flask-CORS',
    file: 'one_origin.py',
    run: 'pip install flask flask-cors && python one_origin.py',
    code: `import os
from flask import Flask
from flask_cors import CORS

app = Flask(__name__)

# Flask-CORS says it only where several origins are allowed, and not to those that are refused.
@app.after_request
def vary(response):
    response.vary.add("Origin")
    return response

CORS(app, origins=["http://127.0.0.1:{client}"], always_send=False)

@app.route("/")
def greet():
    return "Hello, 127.0.0.1!"

app.run(port=int(os.environ.get("PORT", "{api}")))
`,
  },
  {
    name: 'Express with cors',
    file: 'one-origin.js',
    run: 'npm install express cors && node one-origin.js',
    code: `const express = require('express')
const cors = require('cors')

const app = express()
// A list: a string would be sent to whoever asks. Vary: Origin comes with it.
app.use(cors({ origin: ['http://127.0.0.1:{client}'] }))

app.get('/', (request, response) => response.send('Hello, 127.0.0.1!'))

app.listen(process.env.PORT ?? {api}, '127.0.0.1')
`,
  },
]
