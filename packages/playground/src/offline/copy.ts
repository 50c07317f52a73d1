/**
 * Makes the page available offline: registers the service worker, which then copies the page's
 * files into the browser's cache. This begins two seconds after the call, so that it does not delay
 * the page's first picture. If the browser has no service workers, nothing is copied.
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
