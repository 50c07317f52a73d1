/**
 * Keeps a copy of the page's files in the browser, so that the page opens without a network: a
 * service worker.
 *
 * 1. A page that has its first picture sends a message: files that are missing are copied, and
 *    files of an older build go.
 * 2. Every request asks the network first, so that an older copy never hides a newer page.
 * 3. Without a network the copy answers.
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
