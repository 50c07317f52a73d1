#!/usr/bin/env node
/**
 * Starts the command line from its built files. In a clone that is not built, prints how to build
 * it instead, and sets exit status 1.
 */
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  console.error('stowage: this clone is not built; run `npm install && npm run build` in it first')
  process.exitCode = 1
}
