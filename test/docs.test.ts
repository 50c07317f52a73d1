/**
 * Runs every code block of the README and of the docs, and checks that it prints the output that
 * the page shows.
 */
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { blocksOf, fencesIn, misplaced } from './docs/fences.js'
import { pages, root, runtimes, shared, textOf } from './docs/project.js'
import { rewritten } from './docs/rewrite.js'
import { printedBy, readsShared, runtimeOf, wrongWith } from './docs/run.js'
import { typeErrors } from './docs/types.js'

if (process.env['STOWAGE_WRITE_DOCS'] !== undefined)
  for (const page of pages) {
    const text = textOf(page)
    writeFileSync(join(root, page), await rewritten(text, blocksOf(fencesIn(text)), printedBy))
  }

const found = pages.map((page) => ({ page, fences: fencesIn(textOf(page)) }))
const blocks = found.flatMap(({ page, fences }) =>
  blocksOf(fences).map((block) => ({
    at: `${page}:${block.fence.line}`,
    tag: block.fence.tag,
    block,
  })),
)

const isAbsent = (name: string | undefined): boolean =>
  name !== undefined && !existsSync(join(runtimes, name))
const skips = [
  {
    why: `the recorded data is not in ${shared}`,
    some: blocks.filter(({ block }) => readsShared(block.fence) && !existsSync(shared)),
  },
  {
    why: `runtimes are not in ${runtimes}: run \`npm run install-runtimes\``,
    some: blocks.filter(({ block }) => isAbsent(runtimeOf(block.fence))),
  },
]
const skipped = skips.flatMap(({ some }) => some)
for (const { why, some } of skips)
  if (some.length > 0) console.warn(`Skipped, as ${why}: ${some.map(({ at }) => at).join(', ')}`)

describe('the pages', () => {
  it('tag every fence with what is to be done with it', () => {
    expect(found.flatMap(({ page, fences }) => misplaced(page, fences))).toEqual([])
  })

  it('have the types right', () => {
    const typed = blocks.filter(({ tag }) => tag === 'ts')
    expect(typeErrors(typed.map(({ at, block }) => ({ at, body: block.fence.body })))).toEqual([])
  })

  for (const { at, tag, block } of blocks)
    it.concurrent(`${at} does what it says (${tag})`, async ({ skip }) => {
      skip(
        skipped.some((one) => one.at === at),
        'what it needs is missing',
      )
      expect(await wrongWith(block)).toEqual([])
    })
})
