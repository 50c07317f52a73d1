#!/usr/bin/env node
import { existsSync } from 'node:fs'

const main = new URL('../dist/main.js', import.meta.url)
if (existsSync(main)) await import(main.href)
else {
  console.error('stowage: this clone is not built; run `npm install && npm run build` in it first')
  process.exitCode = 1
}
