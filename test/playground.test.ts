/**
 * Tests the built playground in a real browser, Chromium: opens the page, clicks, types and presses
 * keys. Prints the size of the first load and the time to draw a plan. The browser is the one that
 * the variable `CHROMIUM` names, or one with a usual name; without one, the tests are skipped.
 */
import { spawnSync } from 'node:child_process'
import type { Server } from 'node:http'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { listen, playgroundServer } from '../.config/serve-playground.js'
import { emptyInput } from '../packages/playground/src/share/input.js'
import { hashOf } from '../packages/playground/src/share/link.js'

const candidates = [process.env['CHROMIUM'], 'chromium', 'chromium-browser', 'google-chrome']
const executable = candidates
  .flatMap((name) => (name === undefined ? [] : [name]))
  .map((name) => spawnSync('sh', ['-c', `command -v "${name}"`], { encoding: 'utf8' }))
  .find(({ status }) => status === 0)
  ?.stdout.trim()
if (executable === undefined)
  console.log('playground: skipped, as there is no Chromium; Debian has the package chromium')

/** A browser starts late on a busy machine. */
const hookTimeout = 60_000

/** The first load in bytes, compressed. */
const firstLoadMax = 150_000

const deployment = (name: string, replicas: number, cpu: string): string => `apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name}, namespace: test }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: ${name} } }
  template:
    metadata: { labels: { app: ${name} } }
    spec: { containers: [{ name: main, image: a, resources: { requests: { cpu: ${cpu} } } }] }
`

describe.skipIf(executable === undefined)('the playground in Chromium', () => {
  let server: Server
  let browser: Browser
  let page: Page
  let url = ''
  const sent: { path: string; bytes: number }[] = []
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    server = playgroundServer((path, bytes) => void sent.push({ path, bytes }))
    url = await listen(server)
    browser = await chromium.launch({
      executablePath: executable!,
      args: ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
    })
    page = await browser.newPage({ viewport: { width: 1400, height: 900 } })
    page.on('console', (message) => void complaints.push(message.text()))
    page.on('pageerror', (error) => void complaints.push(error.message))
    page.on('request', (request) => void requests.push(request.url()))
  }, hookTimeout)
  afterAll(async () => {
    await browser.close()
    server.close()
  }, hookTimeout)

  /** The page after it was opened afresh, and after its first picture. */
  const open = async (hash = ''): Promise<void> => {
    await page.goto('about:blank')
    await page.goto(url + hash)
    await page.waitForSelector('.block')
  }
  const heading = (): Promise<string> => page.locator('main h2').first().innerText()
  const write = (text: string): Promise<void> => page.locator('#text').fill(text)
  const isPlanned = (title: string): Promise<unknown> =>
    page.getByRole('heading', { name: title }).first().waitFor()
  /** From the change of the input to the picture, of the last plan. */
  const lastPlan = (): Promise<number> =>
    page.evaluate(() => performance.getEntriesByName('plan').at(-1)?.duration ?? Infinity)

  it('shows the first example, within its weight', async () => {
    sent.length = 0
    await open()
    const bytes = sent.reduce((sum, one) => sum + one.bytes, 0)
    const first = await page.evaluate(() => {
      const [measure] = performance.getEntriesByName('plan')
      return measure === undefined ? Infinity : measure.startTime + measure.duration
    })
    console.log(`playground: first load ${bytes} bytes, first picture after ${first.toFixed(0)} ms`)
    expect(await heading()).toBe('Amazon ECS on 4 container instances: all 21 tasks placed')
    expect(sent.map(({ path }) => path).some((path) => path.includes('kubernetes'))).toBe(false)
    expect(bytes).toBeLessThan(firstLoadMax)
    // A ceiling far above the page would let it grow unseen.
    expect(bytes).toBeGreaterThan(0.75 * firstLoadMax)
  })

  it('says why, in the words of the platform, when a block and a refusal are clicked', async () => {
    await open()
    await page.locator('.machines .block').first().click()
    await page.getByRole('button', { name: 'Why accounts?' }).click()
    await page.getByText('task 1 of accounts goes to').waitFor()
    await page.locator('#nodes').fill('m5.large=2')
    await isPlanned('Amazon ECS on 2 container instances: 14 of 21 tasks placed')
    await page.locator('.homeless .block').first().click()
    await page.getByText('search finds no place').waitFor()
    expect(await page.locator('.explanation').innerText()).toContain('RESOURCE:MEMORY')
  })

  it('shows at once what a change moves', async () => {
    await open()
    await page.locator('#nodes').fill('m5.large=3')
    await page.getByRole('heading', { name: 'What moves' }).waitFor()
    expect(await page.locator('.moves').innerText()).toContain('4 container instances before')
  })

  it('tells what is wrong beside the text, and keeps the last good picture', async () => {
    await open()
    await page.getByRole('button', { name: 'Shop on Kubernetes' }).click()
    await isPlanned('Kubernetes on 4 nodes: all 21 pods placed')
    const text = await page.locator('#text').inputValue()
    await write(text.replace('cpu: 250m', 'cpu: lots'))
    const alert = page.getByRole('alert')
    await alert.getByText('1 problem in the input').waitFor()
    const place = alert.getByRole('button')
    expect(await place.innerText()).toMatch(/^accounts\.yaml, document 1, line \d+$/)
    expect(await alert.innerText()).toContain('resources.requests.cpu: found "lots"')
    expect(await heading()).toBe('Kubernetes on 4 nodes: all 21 pods placed')
    await place.click()
    const line = await page.evaluate<string>(`(() => {
      const area = document.querySelector('#text')
      return area.value.slice(area.selectionStart, area.selectionEnd).trim()
    })()`)
    expect(line).toBe('cpu: lots')
    await write(text)
    await alert.getByText('problem').waitFor({ state: 'detached' })
  })

  it('compares nodes with Fargate, with tables and costs', async () => {
    await open()
    await page.getByText('Prices', { exact: true }).click()
    await page
      .getByLabel('Prices')
      .fill(
        'currency: USD\ninstances: { m5.large: 0.1 }\nfargate: { linux/x86_64: { perVcpuHour: 0.04, perGbHour: 0.004 } }',
      )
    await page.getByText('As tables').click()
    await page.locator('.tables').getByText('on EC2, on Fargate and as they are').waitFor()
    expect(await page.locator('.tables').innerText()).toContain('USD')
  })

  it('takes files that are opened, and a link carries all of it', async () => {
    await open()
    await page.locator('input[type=file]').setInputFiles([
      { name: 'a.yaml', mimeType: 'text/yaml', buffer: Buffer.from(deployment('a', 2, '1')) },
      { name: 'b.yaml', mimeType: 'text/yaml', buffer: Buffer.from(deployment('b', 9, '1')) },
    ])
    await isPlanned('Kubernetes on 4 nodes: 4 of 11 pods placed')
    await page.getByRole('button', { name: 'Copy link' }).click()
    await page.waitForURL(/#1\./)
    const { hash } = new URL(page.url())
    await open(hash)
    await isPlanned('Kubernetes on 4 nodes: 4 of 11 pods placed')
    expect(await page.locator('.files option').allInnerTexts()).toContain('b.yaml')
  })

  it('says what is wrong with a link', async () => {
    await page.goto('about:blank')
    await page.goto(`${url}#1.damaged`)
    await page.getByRole('status').getByText('cannot be read').waitFor()
  })

  it('is used with the keyboard alone, and every control has a name', async () => {
    await open()
    await page.locator('.machines .block').first().focus()
    await page.keyboard.press('Enter')
    await page.locator('.holds button').first().waitFor()
    const nameless = await page.evaluate<readonly string[]>(`
      [...document.querySelectorAll('button, input, select, textarea')]
        .filter((one) => {
          const name = one.getAttribute('aria-label') ?? one.textContent
          return name.trim() === '' && (one.labels?.length ?? 0) === 0
        })
        .map((one) => one.outerHTML)`)
    expect(nameless).toEqual([])
  })

  it('redraws 1,000 pods on 200 nodes', async () => {
    const texts = Array.from({ length: 50 }, (_, i) => deployment(`w${i}`, 20, `${100 + i}m`))
    const files = [{ file: 'w.yaml', text: texts.join('---\n') }]
    await page.goto('about:blank')
    await page.goto(url + (await hashOf({ ...emptyInput, files, nodes: 'm5.large=200' })))
    await isPlanned('Kubernetes on 200 nodes')
    const times: number[] = []
    for (let i = 0; i < 5; i++) {
      await page.locator('#nodes').fill(`m5.large=${201 + i}`)
      await isPlanned(`Kubernetes on ${201 + i} nodes`)
      times.push(await lastPlan())
    }
    const drawn = await page.evaluate(
      () => performance.getEntriesByName('draw').at(-1)?.duration ?? Infinity,
    )
    const texted = times.map((time) => time.toFixed(0)).join(', ')
    console.log(
      `playground: 1,000 pods, 200 nodes: planned and drawn in ${texted} ms; drawn in ${drawn.toFixed(1)} ms`,
    )
    expect(drawn).toBeLessThan(100)
  })

  it('stays alive with 10,000 nodes, and a newer question overtakes', async () => {
    await open()
    await page.getByRole('button', { name: '10,000 nodes' }).click()
    await page.getByRole('status').getByText('planning').waitFor()
    await page.locator('#nodes').fill('m5.large=9000')
    await page.locator('#nodes').fill('m5.large=10000')
    // While the worker plans, the page answers.
    const pause = await page.evaluate<number>(`new Promise((resolve) => {
      let last = performance.now()
      let longest = 0
      const end = last + 500
      const tick = (now) => {
        longest = Math.max(longest, now - last)
        last = now
        if (now > end) resolve(longest)
        else requestAnimationFrame(tick)
      }
      requestAnimationFrame(tick)
    })`)
    await isPlanned('Kubernetes on 10000 nodes: all 30000 pods placed')
    const tiles = page.getByRole('listbox')
    await tiles.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Enter')
    await page.locator('#details h2').getByText('m5.large-').waitFor()
    expect(await page.locator('#tile-active').getAttribute('aria-posinset')).toBe('10000')
    console.log(
      `playground: 10,000 nodes, 30,000 pods in ${(await lastPlan()).toFixed(0)} ms; longest pause of the page meanwhile ${pause.toFixed(0)} ms`,
    )
  }, 180_000)

  it('fits a narrow window', async () => {
    await page.setViewportSize({ width: 400, height: 800 })
    await open()
    const overflow = await page.evaluate<number>(
      'document.documentElement.scrollWidth - document.documentElement.clientWidth',
    )
    expect(overflow).toBeLessThanOrEqual(0)
    await page.setViewportSize({ width: 1400, height: 900 })
  })

  it('asked nothing of another host, and nothing complained', () => {
    expect(requests.filter((one) => !one.startsWith(url) && !/^(about|blob):/.test(one))).toEqual(
      [],
    )
    expect(complaints).toEqual([])
  })
})
