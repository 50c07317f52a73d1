/**
 * Runs the examples of docstrings, which stand in the reference of the API (`npm run api-docs`).
 * Each must print what it says.
 */
import { describe, expect, it } from 'vitest'
import { allExamples, examplesIn } from './docs/examples.js'
import { wrongWith } from './docs/run.js'
import { typeErrors } from './docs/types.js'

const examples = allExamples()

/** The functions that a reader of the reference meets first. */
const firstNames = [
  ...['batch', 'place', 'allowIndexes', 'trial', 'explain', 'encode', 'decodeValue'],
  ...['smallestSize', 'readKubernetes', 'planOnNodes', 'planOnInstances', 'planWorkloads'],
  ...['simulate', 'isRefuted'],
]

describe('the examples of docstrings', () => {
  it('are there for what a reader meets first', () => {
    expect(examples.map(({ name }) => name)).toEqual(expect.arrayContaining(firstNames))
  })

  it('have the types right', () => {
    expect(typeErrors(examples.map(({ at, block }) => ({ at, body: block.fence.body })))).toEqual(
      [],
    )
  })

  it.concurrent.each(examples)('$name, $at, prints what it says', async ({ block }) => {
    expect(block.output).toBeDefined()
    expect(await wrongWith(block)).toEqual([])
  })

  it('one that prints something else is found', async () => {
    const fence = (tag: string, ...lines: readonly string[]) => [`\`\`\`${tag}`, ...lines, '```']
    const doc = ['One.', '', '@example', ...fence('ts', 'console.log(1)'), ...fence('text', '2')]
    const text = `/**\n${doc.map((line) => ` * ${line}`.trimEnd()).join('\n')}\n */\nexport const one = 1\n`
    const [example] = examplesIn('one.ts', text)
    expect(example?.name).toBe('one')
    expect(await wrongWith(example!.block)).toEqual(['prints:\n1\nwhere the page says:\n2'])
  })
})
