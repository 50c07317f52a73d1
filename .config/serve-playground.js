/**
 * Serves the built playground on localhost: `npm run playground [-- PORT]`. The responses are
 * compressed and have a content security policy, as on a host of static pages.
 */
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { extname, join, normalize, resolve } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { brotliCompressSync } from 'node:zlib'

const builtPage = fileURLToPath(new URL('../packages/playground/dist/', import.meta.url))
const types = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json',
}
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self'; worker-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"

/**
 * A server of the page in a folder; compressed files are kept. `sent` hears of each file and its
 * bytes.
 */
export const playgroundServer = (sent = () => undefined, folder = builtPage) => {
  const compressed = new Map()
  const bytesOf = async (path) => {
    const known = compressed.get(path)
    if (known !== undefined) return known
    const bytes = brotliCompressSync(await readFile(path))
    compressed.set(path, bytes)
    return bytes
  }
  return createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const path = join(folder, normalize(pathname === '/' ? '/index.html' : pathname))
    try {
      if (!path.startsWith(folder)) throw new Error('outside')
      const isCompressed = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
      const bytes = isCompressed ? await bytesOf(path) : await readFile(path)
      response.writeHead(200, {
        'content-type': types[extname(path)] ?? 'text/plain; charset=utf-8',
        'content-security-policy': policy,
        'x-content-type-options': 'nosniff',
        'cache-control': 'no-cache',
        ...(isCompressed ? { 'content-encoding': 'br' } : {}),
      })
      response.end(bytes)
      sent(pathname, bytes.length)
    } catch {
      response.writeHead(404, { 'content-type': 'text/plain' })
      response.end('not found\n')
    }
  })
}

/** Listens on a free port, or on the given one, and says the address. */
export const listen = (server, port = 0) =>
  new Promise((resolved, rejected) => {
    server.once('error', rejected)
    server.listen(port, '127.0.0.1', () => {
      resolved(`http://127.0.0.1:${server.address().port}/`)
    })
  })

if (
  process.argv[1] !== undefined &&
  pathToFileURL(resolve(process.argv[1])).href === import.meta.url
) {
  await readFile(join(builtPage, 'index.html')).catch(() => {
    console.error('the playground is not built yet: npm run build')
    process.exit(1)
  })
  const port = Number(process.argv[2] ?? 4173)
  console.log(`playground: ${await listen(playgroundServer(), port)}`)
}
