#!/usr/bin/env node
import { keepCompiled } from './keep-compiled.ts'

keepCompiled()
const { main } = await import('./command.ts')
process.exitCode = await main(process.argv.slice(2))
