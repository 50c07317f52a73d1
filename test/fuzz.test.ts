/**
 * Runs every fuzzer briefly, with a new seed each time: on plans, command lines, calls, histories,
 * states, templates, queries, configurations and scenarios. Also checks that each fuzzer catches
 * planted bugs.
 */
import { describe, expect, it } from 'vitest'
import { fuzzCommandLines } from './fuzz/command-lines.js'
import { askWorkbench, fuzz, type Ask } from './fuzz/fuzz.js'
import { fuzzKind } from './fuzz/kinds/kind.js'
import { pathsIn, replaceAt } from '../packages/testing/src/damage/damage.js'
import { kinds } from './fuzz/kinds/kinds.js'
import { randomOf } from './fuzz/mutation.js'
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

describe.each(kinds)('$name', (kind) => {
  it('are answered or refused, and never damage anything', () => {
    const { wrong, answered, refused } = fuzzKind(kind, 200, Date.now() % 2 ** 31)
    expect(wrong).toEqual([])
    expect(answered + refused).toBeGreaterThanOrEqual(200)
    expect(refused).toBeGreaterThan(0)
  })

  it('are answered when nothing is damaged', () => {
    for (const specimen of kind.specimens)
      expect(kind.check(specimen, randomOf(1))).toMatchObject({ isAnswered: true, wrong: [] })
  })

  it.each([
    ['objects', (inner: unknown) => ({ a: inner })],
    ['lists', (inner: unknown) => [inner]],
  ])('are refused or answered with %s nested 5,000 deep anywhere', (_, around) => {
    let deep: unknown = 1
    for (let i = 0; i < 5_000; i++) deep = around(deep)
    const specimens = kind.specimens.filter((one) => typeof one !== 'string')
    const wrong = specimens.flatMap((specimen) =>
      pathsIn(specimen).flatMap((path) => {
        try {
          const { wrong: lines } = kind.check(replaceAt(specimen, path, deep), randomOf(1))
          return lines.map((line) => `${path.join('.')}: ${line}`)
        } catch (error) {
          return [`${path.join('.')}: ${String(error)}`]
        }
      }),
    )
    expect(wrong).toEqual([])
  })

  it.each(kind.plants)('are refuted when %s', (_, check) => {
    const { specimens } = kind
    expect(fuzzKind(kind, 200, 1).wrong).toEqual([])
    expect(fuzzKind({ specimens, check }, 200, 1).wrong.length).toBeGreaterThan(0)
  })
})
