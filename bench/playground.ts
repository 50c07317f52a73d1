/**
 * Measures the built playground in Chromium: what its first load weighs, when its first picture
 * stands, what a change costs, and how long the page itself is busy with 10,000 nodes. `npm run
 * bench:playground`, after `npm run build`.
 */
import { cpus } from 'node:os'
import { emptyInput } from '../packages/playground/src/share/input.js'
import { hashOf } from '../packages/playground/src/share/link.js'
import { crowd } from '../packages/playground/src/state/examples.js'
import {
  chromiumPath,
  deployment,
  startPlayground,
  type OpenPlayground,
} from '../test/playground/browser.js'

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[values.length >> 1]!
const ms = (value: number): string => `${value.toFixed(0)} ms`

/** From the change of the input to the picture, of the last plan; and its part in the page. */
const lastTimes = ({ page }: OpenPlayground): Promise<readonly [plan: number, draw: number]> =>
  page.evaluate(
    `['plan', 'draw'].map((name) => performance.getEntriesByName(name).at(-1).duration)`,
  )

/** Begins to record the tasks of the page's thread that take 50 ms and more. */
const watchTasks = ({ page }: OpenPlayground): Promise<unknown> =>
  page.evaluate(`{
    globalThis.longTasks = []
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) globalThis.longTasks.push(duration)
    }).observe({ type: 'longtask' })
  }`)

const firstLoads = async (playground: OpenPlayground): Promise<void> => {
  const { page, sent } = playground
  const times: number[] = []
  for (let i = 0; i < 7; i++) {
    sent.length = 0
    await playground.open()
    times.push(
      await page.evaluate<number>(`{
        const [first] = performance.getEntriesByName('plan')
        first.startTime + first.duration
      }`),
    )
  }
  const bytes = sent.reduce((sum, one) => sum + one.bytes, 0)
  console.log(
    `first load: ${bytes} bytes after brotli, in ${sent.length} files; first picture after ${ms(median(times))}, median of ${times.length}`,
  )
}

const changes = async (playground: OpenPlayground): Promise<void> => {
  const { page } = playground
  const texts = Array.from({ length: 50 }, (_, i) => deployment(`w${i}`, 20, `${100 + i}m`))
  const files = [{ file: 'w.yaml', text: texts.join('---\n') }]
  await playground.open(await hashOf({ ...emptyInput, files, nodes: 'm5.large=200' }))
  const plans: number[] = []
  const draws: number[] = []
  for (let i = 0; i < 15; i++) {
    await page.locator('#nodes').fill(`m5.large=${201 + i}`)
    await page
      .getByRole('heading', { name: `Kubernetes on ${201 + i} nodes` })
      .first()
      .waitFor()
    const [plan, draw] = await lastTimes(playground)
    plans.push(plan)
    draws.push(draw)
  }
  console.log(
    `1,000 pods on 200 nodes: planned and drawn in ${ms(median(plans))}, drawn in ${ms(median(draws))}, median of ${plans.length} changes`,
  )
}

const crowds = async (playground: OpenPlayground): Promise<void> => {
  const { page } = playground
  await playground.open()
  await watchTasks(playground)
  await page.getByRole('button', { name: '10,000 nodes' }).click()
  const title = 'Kubernetes on 10000 nodes: all 30000 pods placed'
  await page.getByRole('heading', { name: title }).waitFor({ timeout: 120_000 })
  const [plan, draw] = await lastTimes(playground)
  const tasks = await page.evaluate<readonly number[]>('globalThis.longTasks')
  const longest = tasks.reduce((most, one) => Math.max(most, one), 0)
  const elements = await page.evaluate<number>(`document.querySelectorAll('*').length`)
  console.log(
    `10,000 nodes, 30,000 pods: planned in ${ms(plan)}, drawn in ${ms(draw)}; longest task of the page ${longest === 0 ? 'below 50 ms' : ms(longest)}; ${elements} elements`,
  )
  const link = await hashOf(crowd({ nodes: 10_000, workloads: 100, replicas: 300 }))
  console.log(`a link with these 100 workloads: ${link.length} characters`)
}

if (chromiumPath === undefined)
  console.log("no Chromium: install Debian's package chromium, or name one in CHROMIUM")
else {
  const playground = await startPlayground()
  console.log(
    `${cpus()[0]?.model ?? 'a processor'}, Chromium ${playground.browser.version()}, Node ${process.version}`,
  )
  try {
    await firstLoads(playground)
    await changes(playground)
    await crowds(playground)
  } finally {
    await playground.close()
  }
}
