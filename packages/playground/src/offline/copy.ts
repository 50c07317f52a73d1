/**
 * Asks the service worker to copy the page's files, once the page has nothing better to do: after
 * its first picture. A browser without service workers, or a page that is not served securely, goes
 * without.
 */

/** The page is used first; the copy may come seconds later. */
const quietTime = 2_000

/** Starts the copy later, and never fails. */
export const copyForOffline = (
  wait: (callback: () => void, milliseconds: number) => void,
): void => {
  if (!('serviceWorker' in navigator)) return
  wait(() => {
    navigator.serviceWorker
      .register(new URL('service-worker.js', document.baseURI))
      .then(() => navigator.serviceWorker.ready)
      .then(({ active }) => active?.postMessage('copy'))
      .catch(() => undefined)
  }, quietTime)
}
