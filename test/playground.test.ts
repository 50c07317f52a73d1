/**
 * Tests the built playground in a real browser, Chromium: opens the page, clicks, types and presses
 * keys. Prints the size of the first load and the time to draw a plan. The browser is the one that
 * the variable `CHROMIUM` names, or one with a usual name; without one, the tests are skipped.
 */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { emptyInput } from '../packages/playground/src/share/input.js'
import { hashOf } from '../packages/playground/src/share/link.js'
import {
  chromiumPath,
  deployment,
  startPlayground,
  type OpenPlayground,
} from './playground/browser.js'

if (chromiumPath === undefined)
  console.log('playground: skipped, as there is no Chromium; Debian has the package chromium')

/** A browser starts late on a busy machine. */
const hookTimeout = 60_000

/** The first load in bytes, compressed. */
const firstLoadMax = 150_000

describe.skipIf(chromiumPath === undefined)('the playground in Chromium', () => {
  let playground: OpenPlayground
  let page: Page
  let url = ''
  const complaints: string[] = []
  const requests: string[] = []

  beforeAll(async () => {
    playground = await startPlayground('allow')
    ;({ page, url } = playground)
    page.on('console', (message) => void complaints.push(message.text()))
    page.on('pageerror', (error) => void complaints.push(error.message))
    page.on('request', (request) => void requests.push(request.url()))
  }, hookTimeout)
  afterAll(() => playground.close(), hookTimeout)

  const open = (hash = ''): Promise<void> => playground.open(hash)
  const heading = (): Promise<string> => page.locator('main h2').first().innerText()
  const write = (text: string): Promise<void> => page.locator('#text').fill(text)
  const isPlanned = (title: string): Promise<unknown> =>
    page.getByRole('heading', { name: title }).first().waitFor()
  /** From the change of the input to the picture, of the last plan. */
  const lastPlan = (): Promise<number> =>
    page.evaluate(() => performance.getEntriesByName('plan').at(-1)?.duration ?? Infinity)

  it('shows the first example, within its weight', async () => {
    const { sent } = playground
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
    await page.locator('.explanation').getByText('task 1 of accounts goes to').waitFor()
    await page.locator('#nodes').fill('m5.large=2')
    await isPlanned('Amazon ECS on 2 container instances: 14 of 21 tasks placed')
    await page.locator('.homeless .block').first().click()
    await page.locator('.explanation').getByText('search finds no place').waitFor()
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

  it('calls a field by its label, and leads to it', async () => {
    await open()
    await page.getByText('Prices', { exact: true }).click()
    await page.getByLabel('Prices').fill('currency: 7')
    await page.locator('#nodes').fill('m5.large=lots')
    const alert = page.getByRole('alert')
    await alert.getByRole('button', { name: /^Machines/ }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('nodes')
    await page.locator('#nodes').fill('m5.large=4')
    await page.locator('summary').first().click()
    await alert.getByRole('button', { name: /^Prices/ }).click()
    expect(await page.evaluate('document.activeElement.id')).toBe('prices')
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

  it('takes files that are dropped on it', async () => {
    await open()
    await page.evaluate(`{
      const data = new DataTransfer()
      data.items.add(new File([${JSON.stringify(deployment('dropped', 3, '1'))}], 'dropped.yaml'))
      const over = (name) => window.dispatchEvent(
        new DragEvent(name, { dataTransfer: data, bubbles: true, cancelable: true }))
      over('dragover')
      if (!document.getElementById('app').classList.contains('drop')) throw new Error('no sign')
      over('drop')
    }`)
    await page.locator('.files option', { hasText: 'dropped.yaml' }).waitFor({ state: 'attached' })
    expect(await page.locator('#text').inputValue()).toContain('name: dropped')
    expect(await page.locator('.drop').count()).toBe(0)
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
    // What the page draws does not grow with the machines: tiles are on a canvas.
    const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`)
    expect(elements).toBeLessThan(500)
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

  it('opens without a network, once it was open for some seconds', async () => {
    await open()
    const copied = `(async () => {
      await navigator.serviceWorker.ready
      const files = await (await fetch('files.json')).json()
      const copy = await caches.open('stowage-playground')
      return (await copy.keys()).length > files.length
    })()`
    await expect.poll(() => page.evaluate<boolean>(copied), { timeout: 20_000 }).toBe(true)
    await page.context().setOffline(true)
    try {
      await open()
      await page.getByRole('button', { name: 'Shop on Kubernetes' }).click()
      await isPlanned('Kubernetes on 4 nodes: all 21 pods placed')
      await page.locator('.machines .block').first().click()
      await page.locator('.holds button').first().click()
      await page.locator('.explanation .lines').first().waitFor()
    } finally {
      await page.context().setOffline(false)
    }
    const isHere = (text: string) => /ERR_INTERNET_DISCONNECTED|Failed to fetch/.test(text)
    complaints.splice(0, complaints.length, ...complaints.filter((text) => !isHere(text)))
  }, 60_000)

  it('asked nothing of another host, and nothing complained', () => {
    expect(requests.filter((one) => !one.startsWith(url) && !/^(about|blob):/.test(one))).toEqual(
      [],
    )
    expect(complaints).toEqual([])
  })
})
