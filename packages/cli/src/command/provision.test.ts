/**
 * Tests `provision`: the cheapest machines for replicas that find no node, and faults of the input.
 */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const shop = 'docs/examples/shop/kubernetes'
const prices = ['--prices', 'docs/prices/us-east-1.yaml']
const provision = (...args: readonly string[]) => run(['provision', ...args], none)

interface Answer {
  readonly provisions: readonly {
    readonly nodes: readonly {
      readonly perHour: number
      readonly holds: readonly { readonly count: number }[]
    }[]
    readonly perHour: number
    readonly bound: { readonly perHour: number }
    readonly unplaced: readonly { readonly nearest: { readonly reasons: readonly string[] } }[]
  }[]
}
const answerOf = async (...args: readonly string[]) => {
  const { out, status } = await provision(...args, ...prices, '--output', 'json')
  return { status, ...(JSON.parse(out) as Answer).provisions[0]! }
}

describe('provision', () => {
  it('opens machines that hold everything, and adds up what they cost', async () => {
    const { nodes, perHour, bound, status } = await answerOf(shop, '--types', 'm5,c6i')
    expect(status).toBe(0)
    expect(bound.perHour).toBeLessThanOrEqual(perHour)
    expect(nodes.reduce((sum, node) => sum + node.perHour, 0)).toBeCloseTo(perHour, 9)
    const planned = await run(['plan', shop, '--nodes', 'm5.24xlarge', '--output', 'json'], none)
    const { plans } = JSON.parse(planned.out) as {
      readonly plans: readonly { readonly replicas: { readonly placed: number } }[]
    }
    const held = nodes.flatMap(({ holds }) => holds).reduce((sum, { count }) => sum + count, 0)
    expect(held).toBe(plans[0]!.replicas.placed)
  })
  it('opens nothing where everything has a place', async () => {
    const { out, status } = await provision(
      shop,
      '--nodes',
      'm5.large=9',
      '--types',
      'm5',
      ...prices,
    )
    expect(out).toBe('Kubernetes: every pod has a place: nothing to open\n')
    expect(status).toBe(0)
  })
  it('costs no more when more types are offered', async () => {
    const few = await answerOf(shop, '--types', 'm5.large')
    const many = await answerOf(shop, '--types', 'm5.large,m5.xlarge,c6i')
    expect(many.perHour).toBeLessThan(few.perHour)
  })
  it('proves no less and costs no more with linear programming than by rule alone', async () => {
    const some = [shop, '--types', 'm5,c6i']
    const [byRule, byProgram] = [await answerOf(...some, '--work', '0'), await answerOf(...some)]
    expect(byProgram.bound.perHour).toBeGreaterThan(byRule.bound.perHour)
    expect(byProgram.perHour).toBeLessThanOrEqual(byRule.perHour)
  })
  it('says that images are taken to run on each architecture that is offered', async () => {
    const assumption = 'Assumed: images run on arm64 and on x86_64'
    const [both, one] = [
      await provision(shop, '--types', 'm6g,m6i', ...prices),
      await provision(shop, '--types', 'm6i', ...prices),
    ]
    expect(both.out).toContain(assumption)
    expect(one.out).not.toContain('Assumed')
  })
  it('says of each workload that no machine takes what the nearest one lacks', async () => {
    const { unplaced, status } = await answerOf(shop, '--types', 't3.micro')
    expect(status).toBe(1)
    expect(unplaced.length).toBeGreaterThan(0)
    for (const { nearest } of unplaced) expect(nearest.reasons).toContain('Insufficient memory')
  })
  it.each<[string, readonly string[], string]>([
    ['an unknown type', [shop, '--types', 'mm5', ...prices], '--types: found "mm5"'],
    ['work that is no number', [shop, ...prices, '--work', 'much'], 'much'],
    ['no prices', [shop], 'say what machines cost: --prices FILE'],
    [
      'types without a price',
      [shop, '--types', 'm5.large', '--prices', 'docs/examples/prices.yaml'],
      'm5.large',
    ],
    [
      'workloads of ECS',
      ['docs/examples/shop/ecs', '--types', 'm5', ...prices],
      'found workloads of Amazon ECS',
    ],
  ])('says what is wrong with %s', async (_, args, text) => {
    const { out, error } = await provision(...args)
    expect(`${out}${error}`).toContain(text)
  })
})
