/** Tests the page of a plan: it loads nothing from elsewhere, and no name becomes markup. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { run } from '../command/program.js'
import { planPage, type PlanPicture } from './plan-page.js'

const none = (): Promise<string> => Promise.resolve('')
const pageFor = async (...args: readonly string[]): Promise<string> => {
  const { files = [] } = await run(['plan', ...args, '--html', 'plan.html'], none)
  expect(files.map(({ path }) => path)).toEqual(['plan.html'])
  return files[0]?.text ?? ''
}
const shop = 'docs/examples/shop/kubernetes'

const picture: PlanPicture = {
  ...{ title: 'Kubernetes on 1 node', isPlaced: false, fargate: [], warnings: [] },
  machines: [
    {
      ...{ title: 'n', reasons: [] },
      gauges: [{ resource: 'cpu', text: '3/2 150%', share: 1.5 }],
      holds: [{ name: 'web', count: 2 }],
    },
  ],
  homeless: [{ title: 'big', gauges: [], holds: [], reasons: ['1 pod', '0 of 1 fit'] }],
}

describe('the page', () => {
  it('has a block for each machine and for what has no place, with its reasons', async () => {
    const page = await pageFor(shop, '--nodes', 'm5.large=2,t3.small=2')
    expect(page.match(/class="block"/g)).toHaveLength(4)
    expect(page.match(/class="block bad"/g)).toHaveLength(1)
    expect(page).toContain('Kubernetes on 4 nodes: 20 of 21 pods placed')
    expect(page).toContain('0 of 4 fit: 2 Insufficient cpu, 2 Insufficient memory')
  })
  it('shows the selected replicas alone, and counts all', async () => {
    const machines = ['--nodes', 'm5.large=2,t3.small=2']
    const page = await pageFor(shop, ...machines, '--only', 'unplaced')
    expect(page.match(/class="block"/g)).toBeNull()
    expect(page.match(/class="block bad"/g)).toHaveLength(1)
    expect(page).toContain('Kubernetes on 4 nodes: 20 of 21 pods placed')
    const placed = await pageFor(shop, ...machines, '--only', 'new')
    expect(placed.match(/class="block"/g)).toHaveLength(4)
  })
  it('asks for nothing from elsewhere, and runs nothing', async () => {
    const page = await pageFor(shop, '--nodes', 'm5.large=4', '--fargate')
    expect(page).not.toMatch(/<script|<link|<img|@import|url\(|\bsrc=|https?:/)
    expect(page).toContain("default-src 'none'")
  })
  it('shows a machine that holds more than it has', () => {
    expect(planPage([picture], 'x')).toContain('<i class="over" style="width:100%">')
  })
  it('has tiles for many machines, and counts what a block has no room for', () => {
    const holds = Array.from({ length: 20 }, (_, i) => ({ name: `web-${i}`, count: 1 }))
    const machines = Array.from({ length: 200 }, () => ({ ...picture.machines[0]!, holds }))
    expect(planPage([picture], 'x')).toContain('<section class="few">')
    const page = planPage([{ ...picture, machines }], 'x')
    expect(page).toContain('<section class="many">')
    expect(page).toContain('and 8 more')
  })
  it('is not for a comparison', async () => {
    const { error } = await run(['plan', '.', '--compare', '--html', 'x'], none)
    expect(error).toContain('--html draws one plan')
  })
})

const names = fc.string({ unit: fc.constantFrom('<', '>', '&', '"', "'", '/', 'b', '\n') })
const tagsOf = (page: string): readonly (string | undefined)[] =>
  [...page.matchAll(/<\/?([^\s>]*)/g)].map(([, tag]) => tag)
const pageNaming = (print: typeof planPage, name: string): string => {
  const named = { title: name, gauges: [], reasons: [name], holds: [{ name, count: 1 }] }
  return print([{ ...picture, machines: [named], homeless: [named] }], name)
}
const hasNoMarkup = (print: typeof planPage): fc.IProperty<[string]> =>
  fc.property(names, (name) => {
    expect(tagsOf(pageNaming(print, name))).toEqual(tagsOf(pageNaming(planPage, 'plain')))
  })

describe('a name', () => {
  it('is never markup', () => fc.assert(hasNoMarkup(planPage)))
  it('is refuted when texts are not escaped', () => {
    const raw: typeof planPage = (...args) => planPage(...args).replaceAll('&lt;', '<')
    expect(isRefuted(hasNoMarkup(raw))).toBe(true)
  })
})

const browser = ['chromium', 'chromium-browser', 'google-chrome'].find(
  (name) => spawnSync(name, ['--version']).status === 0,
)
it.skipIf(browser === undefined)(
  'is read by a browser as it was meant (skipped without Chromium)',
  async () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-page-'))
    try {
      const path = join(folder, 'plan.html')
      writeFileSync(path, await pageFor(shop, '--nodes', 'm5.large=4'))
      const flags = [
        '--headless',
        '--no-sandbox',
        '--disable-gpu',
        `--user-data-dir=${folder}/user`,
      ]
      const { stdout } = spawnSync(browser ?? '', [...flags, '--dump-dom', `file://${path}`], {
        encoding: 'utf8',
      })
      expect(stdout.match(/class="block"/g)).toHaveLength(4)
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
  },
)
