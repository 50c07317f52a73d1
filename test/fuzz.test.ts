/**
 * Runs the fuzzer on the workbench briefly, with a new seed each time. Also checks that the fuzzer
 * detects a planted exception and a planted plan that exceeds a node's capacity.
 */
import { describe, expect, it } from 'vitest'
import { fuzzCommandLines } from './fuzz/command-lines.js'
import { askWorkbench, fuzz, type Ask } from './fuzz/fuzz.js'
import { fuzzReader, readers } from './fuzz/readers.js'
import { exampleSets, specimensIn } from './fuzz/specimens.js'

const specimens = specimensIn(['docs/examples', 'test/fuzz/specimens'], exampleSets)

it('answers or refuses whatever is asked, and never beyond what a node has', () => {
  const { answered, refused, thrown, over } = fuzz(specimens, 1_500, Date.now() % 2 ** 31)
  expect(thrown).toEqual([])
  expect(over).toEqual([])
  expect(Math.min(answered, refused)).toBeGreaterThan(100)
})

it('notices what throws', () => {
  const hasty: Ask = (random, texts) => {
    const first: unknown = JSON.parse(texts[0]!)
    return { first, ...askWorkbench(random, []) }
  }
  expect(fuzz(specimens, 200, 1, hasty).thrown.length).toBeGreaterThan(0)
})

it('notices a plan that holds more than a node has', () => {
  const fixed = specimensIn(['test/fuzz/specimens/kinds.yaml'])
  const crowded: Ask = () => ({
    plans: [
      {
        vocabulary: 'kubernetes',
        nodes: [
          {
            name: 'm5.large-1',
            gauges: [{ resource: 'cpu', of: 1930 }],
            holds: [{ name: 'shop/web', count: 8 }],
          },
        ],
      },
    ],
  })
  expect(fuzz(fixed, 50, 1, crowded).over.length).toBeGreaterThan(25)
})

describe('the command line', () => {
  it('answers or refuses whatever its words are', async () => {
    const { wrong, answered, refused } = await fuzzCommandLines(150, Date.now() % 2 ** 31)
    expect(wrong).toEqual([])
    expect(Math.min(answered, refused)).toBeGreaterThan(0)
  })

  it.each([
    ['status 3', { out: '', error: 'x', status: 3 }],
    ['no sentence', { out: '', error: '\n', status: 2 }],
    ['a trace', { out: '', error: 'x\n    at run (file.js:1:2)\n', status: 2 }],
    ['a control character', { out: '\u001b[31m', error: '', status: 0 }],
  ] as const)('is refuted by %s', async (_, outcome) => {
    const { wrong } = await fuzzCommandLines(3, 1, () => Promise.resolve(outcome))
    expect(wrong).toHaveLength(3)
  })

  it('is refuted when it throws', async () => {
    const { wrong } = await fuzzCommandLines(3, 1, () => Promise.reject(new Error('x')))
    expect(wrong).toHaveLength(3)
  })
})

describe.each(readers)('$name', (reader) => {
  it('are answered or refused', () => {
    expect(fuzzReader(reader, 200, Date.now() % 2 ** 31)).toEqual([])
  })

  it('are seen to be when a reader trusts what it reads', () => {
    const trusting = {
      ...reader,
      read: (value: unknown) => {
        trust(value, reader.specimens[0])
        return []
      },
    }
    expect(fuzzReader(trusting, 200, 1).length).toBeGreaterThan(0)
  })
})

/** Reads all fields that the specimen has, as if they were there; of a text its first letters. */
const trust = (value: unknown, like: unknown): void => {
  if (typeof like === 'string' && !(value as string).startsWith(like.slice(0, 3)))
    throw new Error('another beginning')
  if (typeof like !== 'object' || like === null) return
  for (const [key, inner] of Object.entries(like))
    trust((value as Readonly<Record<string, unknown>>)[key], inner)
}
