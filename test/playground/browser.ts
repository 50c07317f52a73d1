/** Starts Chromium with the built playground, for the tests and the bench that look at the page. */
import { spawnSync } from 'node:child_process'
import type { Server } from 'node:http'
import { resolve } from 'node:path'
import { chromium, type Browser, type Page } from 'playwright-core'
import { listen, playgroundServer } from '../../.config/serve-playground.js'

const candidates = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']

/** The path of Chromium: $CHROMIUM, or one of its usual names; `undefined` without one. */
export const chromiumPath = candidates
  .flatMap((name) => (name === undefined ? [] : [name]))
  .map((name) => spawnSync('sh', ['-c', `command -v "${name}"`], { encoding: 'utf8' }))
  .find(({ status }) => status === 0)
  ?.stdout.trim()

/** A file that the server sent, with its bytes as they went over the wire. */
export interface SentFile {
  readonly path: string
  readonly bytes: number
}

/** The page in a browser, and what went over the wire. */
export interface OpenPlayground {
  readonly url: string
  readonly page: Page
  readonly browser: Browser
  readonly sent: SentFile[]
  /** Opens the page afresh, and waits for its first picture. */
  readonly open: (hash?: string) => Promise<void>
  readonly close: () => Promise<void>
}

/**
 * Serves the page on a free port, and opens a browser without a screen. Its service worker, which
 * copies files in the background, is only started where it is asked for.
 */
export const startPlayground = async (
  serviceWorkers: 'allow' | 'block' = 'block',
): Promise<OpenPlayground> => {
  const sent: SentFile[] = []
  const folder = resolve('packages/playground/dist')
  const server: Server = playgroundServer((path, bytes) => void sent.push({ path, bytes }), folder)
  const url = await listen(server)
  const browser = await chromium.launch({
    executablePath: chromiumPath!,
    args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  })
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 }, serviceWorkers })
  return {
    ...{ url, page, browser, sent },
    open: async (hash = '') => {
      await page.goto('about:blank')
      await page.goto(url + hash)
      await page.waitForSelector('.block, .tiles')
    },
    close: async () => {
      await browser.close()
      server.close()
    },
  }
}

/** A Deployment as YAML, for inputs of any size. */
export const deployment = (
  name: string,
  replicas: number,
  cpu: string,
): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: test }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: a, resources: { requests: { cpu: ${cpu} } } }] }
`
