/**
 * Checks that everybody can use the playground: contrast in dark and light, the tree that a screen
 * reader gets, the order of the keyboard, narrow windows. All is read from the built page in
 * Chromium (skipped without one).
 */
import { readFileSync } from 'node:fs'
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
import { accessibilityTree, type TreeNode } from './playground/tree.js'

if (chromiumPath === undefined)
  console.log('playground: skipped, as there is no Chromium; Debian has the package chromium')

const hookTimeout = 60_000
const contrast = readFileSync('test/playground/contrast.js', 'utf8')

describe.skipIf(chromiumPath === undefined)('the playground is for everybody', () => {
  let playground: OpenPlayground
  let page: Page
  beforeAll(async () => {
    playground = await startPlayground()
    page = playground.page
  }, hookTimeout)
  afterAll(() => playground.close(), hookTimeout)

  const heading = (name: string): Promise<unknown> =>
    page.getByRole('heading', { name }).first().waitFor()

  const refusal = async (): Promise<void> => {
    await page.locator('#nodes').fill('m5.large=2')
    await heading('14 of 21 tasks placed')
    await page.locator('.homeless .block').first().click()
    await page.locator('.explanation table').first().waitFor()
  }
  const faults = async (): Promise<void> => {
    await page.locator('#nodes').fill('m5.large=lots')
    await page.locator('.faults').waitFor()
  }
  const tables = async (): Promise<void> => {
    await page.locator('#nodes').fill('m5.large=3')
    await heading('What moves')
    await page.getByText('As tables').click()
    await page.locator('.tables table').first().waitFor()
    for (const summary of await page.locator('.warnings summary').all()) await summary.click()
    await page.getByText('Prices', { exact: true }).click()
  }
  const tiles = async (): Promise<void> => {
    const files = [{ file: 'w.yaml', text: deployment('w', 900, '1') }]
    await playground.open(await hashOf({ ...emptyInput, files, nodes: 'm5.large=300' }))
    await page.getByRole('listbox').focus()
    await page.keyboard.press('Enter')
    await page.locator('.holds button').first().waitFor()
  }
  const nothing = async (): Promise<void> => {
    const files = [{ file: 'a.yaml', text: deployment('a', 1, '1') }]
    await playground.open(await hashOf({ ...emptyInput, files, nodes: 'm5.large=1' }))
    await page.locator('#text').fill('')
    await page.locator('.picture').first().waitFor({ state: 'detached' })
  }
  /** The looks of the page, each reached by clicks from the first example. */
  const looks: readonly (readonly [string, () => Promise<void>])[] = [
    ['the first example', () => Promise.resolve()],
    ['a refusal and why', refusal],
    ['a fault in the input', faults],
    ['what moves, tables and warnings', tables],
    ['machines as tiles', tiles],
    ['a page without input', nothing],
  ]

  describe.each(['light', 'dark'] as const)('contrast is that of WCAG AA, %s', (colorScheme) => {
    it.each(looks)('%s', async (_, prepare) => {
      await page.emulateMedia({ colorScheme })
      await playground.open()
      await prepare()
      expect(await page.evaluate<readonly string[]>(contrast)).toEqual([])
    })
  })

  it('a text that is too pale, a field without an edge and a faint gauge are found', async () => {
    await page.emulateMedia({ colorScheme: 'light' })
    await playground.open()
    await page.evaluate(`
      document.querySelector('.tagline').style.color = '#999'
      document.querySelector('.hint').style.opacity = '0.5'
      document.querySelector('#nodes').style.borderColor = '#ddd'
      document.querySelector('.fill').style.background = '#ddd'`)
    const low = (await page.evaluate<readonly string[]>(contrast)).map((one) => one.split(':')[0])
    expect(low).toEqual([
      '"where containers go, and why" span.tagline',
      expect.stringContaining(' p.hint'),
      'edge of input.',
      'fill of span.fill',
    ])
  })

  const roles = (nodes: readonly TreeNode[], ...all: readonly string[]) =>
    nodes.filter(({ role }) => all.includes(role))

  describe('a screen reader gets', () => {
    it('one landmark for each part, with a name', async () => {
      await playground.open()
      const nodes = await accessibilityTree(page)
      const landmarks = roles(nodes, 'banner', 'form', 'main', 'complementary')
      expect(landmarks.map(({ role, name }) => [role, name])).toEqual([
        ['banner', ''],
        ['form', 'Input'],
        ['main', 'Plan'],
        ['complementary', 'Why'],
      ])
      const regions = roles(nodes, 'region').map(({ name }) => name)
      expect(regions).toEqual([
        'Amazon ECS on 4 container instances: all 21 tasks placed',
        'Amazon ECS on Fargate: all 21 tasks placed',
      ])
    })

    it.each(looks)('a name for every control: %s', async (_, prepare) => {
      await playground.open()
      await prepare()
      const nodes = await accessibilityTree(page)
      const controls = roles(
        nodes,
        ...['button', 'textbox', 'checkbox', 'combobox', 'listbox', 'option', 'link'],
        ...['DisclosureTriangle', 'group', 'table', 'region'],
      )
      expect(controls.length).toBeGreaterThan(10)
      const nameless = controls.filter(({ name, role }) => name.trim() === '' && role !== 'group')
      expect(nameless).toEqual([])
    })

    it.each(looks)('headings that skip no level: %s', async (_, prepare) => {
      await playground.open()
      await prepare()
      const levels = roles(await accessibilityTree(page), 'heading').map(({ properties }) =>
        Number(properties['level']),
      )
      expect(levels[0]).toBe(1)
      expect(levels.filter((level) => level === 1)).toHaveLength(1)
      const steps = levels.slice(1).map((level, i) => level - levels[i]!)
      expect(steps.filter((step) => step > 1)).toEqual([])
    })

    it('the numbers of a machine, and not only their names', async () => {
      await playground.open()
      const [machine] = roles(await accessibilityTree(page), 'button').filter(({ name }) =>
        name.startsWith('m5.large-1'),
      )
      expect(machine?.name).toMatch(/^m5\.large-1 .*\d+%/)
    })

    it('what a plan came to, once it is there', async () => {
      await playground.open()
      await refusal()
      const [status] = roles(await accessibilityTree(page), 'status')
      expect(status?.properties['live']).toBe('polite')
      expect(status?.text).toContain('Amazon ECS on 2 container instances: 14 of 21 tasks placed')
    })

    it('at once what is wrong with the input, and what keeps the picture', async () => {
      await playground.open()
      await faults()
      const nodes = await accessibilityTree(page)
      const [alert] = roles(nodes, 'alert')
      expect(alert?.properties['live']).toBe('assertive')
      expect(alert?.text).toContain('1 problem in the input')
      const isInvalid = (start: string): string => {
        const field = nodes.find(({ role, name }) => role === 'textbox' && name.startsWith(start))
        return String(field?.properties['invalid'])
      }
      // The field at fault says so, and no other.
      expect([isInvalid('Machines'), isInvalid('Text of')]).toEqual(['true', 'false'])
    })

    it('the sentence of an explanation, and its tables only on a visit', async () => {
      await playground.open()
      await refusal()
      const nodes = await accessibilityTree(page)
      const live = nodes.filter(({ properties }) => properties['live'] === 'polite')
      const spoken = live.map(({ text }) => text).join(' ')
      expect(spoken).toContain('search finds no place')
      // A table of machines that is read out as soon as it appears is heard for minutes.
      expect(spoken).not.toContain('RESOURCE:MEMORY')
      const heads = roles(nodes, 'columnheader').map(({ name }) => name)
      expect(heads).not.toEqual([])
    })

    it('a list of tiles with one option, which says what it holds and where it is', async () => {
      await playground.open()
      await tiles()
      await page.getByRole('listbox').focus()
      await page.keyboard.press('End')
      await page.waitForFunction('document.querySelector("#tile-active").ariaPosInSet === "300"')
      const nodes = await accessibilityTree(page)
      const [list] = roles(nodes, 'listbox')
      expect(list?.name).toContain('Kubernetes on 300 nodes')
      const [option] = roles(nodes, 'option').filter(({ name }) => name.startsWith('m5.large-'))
      expect(option?.name).toMatch(/cpu .*%/)
      const size = await page.locator('#tile-active').getAttribute('aria-setsize')
      expect(size).toBe('300')
    })
  })

  describe('the keyboard', () => {
    /** What has the focus: its name or its text; whether its outline is seen. */
    const focused = (): Promise<readonly [string, boolean]> =>
      page.evaluate(`(() => {
        const one = document.activeElement
        const style = getComputedStyle(one.closest('.button') ?? one)
        const isRinged = style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2
        const name = one.getAttribute('aria-label') ?? one.labels?.[0]?.textContent ?? one.textContent
        return [one === document.body ? 'the page' : one.tagName + ' ' + name.trim().slice(0, 40), isRinged]
      })()`)
    const focusable = (): Promise<number> =>
      page.evaluate(`
        [...document.querySelectorAll('button, input, select, textarea, summary, [tabindex="0"]')]
          .filter((one) => !one.disabled && one.checkVisibility()).length`)

    it.each(looks)(
      'reaches everything in the order of the page, and leaves it: %s',
      async (_, prepare) => {
        await playground.open()
        await prepare()
        await page.evaluate('document.activeElement?.blur(); getSelection().removeAllRanges()')
        await page.evaluate(
          'document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex")',
        )
        const count = await focusable()
        const walk: (readonly [string, boolean])[] = []
        for (let i = 0; i < count; i++) {
          await page.keyboard.press('Tab')
          walk.push(await focused())
        }
        expect(walk.filter(([name]) => name === 'the page')).toEqual([])
        expect(walk.filter(([, isRinged]) => !isRinged)).toEqual([])
        // One more leaves the page, and none was visited twice: nothing holds the focus.
        await page.keyboard.press('Tab')
        expect((await focused())[0]).toBe('the page')
      },
    )

    it('alone asks why: from a refused workload to its explanation and back', async () => {
      await playground.open()
      await page.locator('#nodes').fill('m5.large=2')
      await heading('14 of 21 tasks placed')
      await page.locator('.homeless .block').first().focus()
      await page.keyboard.press('Enter')
      await page.locator('.explanation table').first().waitFor()
      // The block keeps the focus, so that the next one is one key away.
      expect((await focused())[0]).toMatch(/^BUTTON /)
      expect(await page.evaluate('document.activeElement.ariaPressed')).toBe('true')
    })
  })

  it('in a narrow window leads from an explanation back to its block', async () => {
    await page.setViewportSize({ width: 320, height: 700 })
    await playground.open()
    await refusal()
    const isSeen = (selector: string): Promise<boolean> =>
      page.evaluate(`{
        const { top, bottom } = document.querySelector('${selector}').getBoundingClientRect()
        bottom > 0 && top < innerHeight
      }`)
    await expect.poll(() => isSeen('#details')).toBe(true)
    await page.getByRole('button', { name: 'Back to the plan' }).click()
    expect(await isSeen('.block[aria-pressed=true]')).toBe(true)
    await page.setViewportSize({ width: 1400, height: 900 })
    expect(await page.getByRole('button', { name: 'Back to the plan' }).count()).toBe(0)
  })

  it.each([
    [320, 'light'],
    [320, 'dark'],
    [1280, 'light'],
    [1280, 'dark'],
  ] as const)(
    'nothing is cut off at %i pixels, %s',
    async (width, colorScheme) => {
      await page.emulateMedia({ colorScheme })
      await page.setViewportSize({ width, height: 900 })
      for (const [, prepare] of looks) {
        await playground.open()
        await prepare()
        const overflow = await page.evaluate<number>(
          'document.documentElement.scrollWidth - document.documentElement.clientWidth',
        )
        expect(overflow).toBeLessThanOrEqual(0)
      }
      await page.setViewportSize({ width: 1400, height: 900 })
    },
    60_000,
  )
})
