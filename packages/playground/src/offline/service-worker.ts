/**
 * Serves the page without a network: a service worker, which the browser runs apart from the page,
 * and which answers the page's requests for files.
 *
 * 1. When the page sends the message `copy`, the worker copies missing files of the current build
 *    into the browser's cache, and deletes files of older builds.
 * 2. It answers each request from the network if it can, so that an older copy never hides a newer
 *    page.
 * 3. If the network fails, it answers from the cache.
 */

/** What a service worker has of its host; the compiler knows the globals of a page alone. */
interface ServiceWorkerScope {
  readonly addEventListener: <Name extends keyof ScopeEvents>(
    name: Name,
    hear: (event: ScopeEvents[Name]) => void,
  ) => void
  readonly skipWaiting: () => Promise<void>
  readonly clients: { readonly claim: () => Promise<void> }
}
interface LifeEvent {
  readonly waitUntil: (work: Promise<unknown>) => void
}
interface ScopeEvents {
  readonly install: LifeEvent
  readonly activate: LifeEvent
  readonly message: LifeEvent
  readonly fetch: {
    readonly request: Request
    readonly respondWith: (response: Promise<Response>) => void
  }
}
const host = self as unknown as ServiceWorkerScope

const copyName = 'stowage-playground'

/** The list of the files of a build, which the build writes. */
const listName = 'files.json'

const copyMissing = async (): Promise<void> => {
  const list = (await (await fetch(listName)).json()) as readonly string[]
  const copy = await caches.open(copyName)
  const addressOf = (file: string): string => new URL(file, location.href).href
  const files = new Set(['./', ...list].map(addressOf))
  const copied = new Set((await copy.keys()).map(({ url }) => url))
  await copy.addAll([...files].filter((url) => !copied.has(url)))
  await Promise.all([...copied].filter((url) => !files.has(url)).map((url) => copy.delete(url)))
}

const answerOf = async (request: Request): Promise<Response> => {
  const copy = await caches.open(copyName)
  try {
    const response = await fetch(request)
    if (response.ok) await copy.put(request, response.clone())
    return response
  } catch (error) {
    const copied = await copy.match(request)
    if (copied === undefined) throw error
    return copied
  }
}

host.addEventListener('install', (event) => {
  event.waitUntil(host.skipWaiting())
})
host.addEventListener('activate', (event) => {
  event.waitUntil(host.clients.claim())
})
host.addEventListener('message', (event) => {
  event.waitUntil(copyMissing())
})
host.addEventListener('fetch', (event) => {
  const { request } = event
  if (request.method === 'GET' && new URL(request.url).origin === location.origin)
    event.respondWith(answerOf(request))
})
