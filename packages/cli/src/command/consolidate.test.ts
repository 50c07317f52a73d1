/**
 * Tests `consolidate`: which machines can be removed or replaced, the output in each format, and
 * the errors for bad input.
 */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const cluster = 'docs/examples/consolidate/cluster.yaml'
const prices = ['--prices', 'docs/prices/us-east-1.yaml']
const consolidate = (...args: readonly string[]) => run(['consolidate', ...args], none)

interface Answer {
  readonly consolidations: readonly {
    readonly opened: readonly { readonly type: string; readonly perHour: number }[]
    readonly gone: readonly { readonly name: string; readonly perHour: number }[]
    readonly staying: readonly { readonly name: string; readonly by: string }[]
    readonly pods: readonly {
      readonly name: string
      readonly heldBy?: { readonly until: number }
    }[]
    readonly perHourBefore: number
    readonly perHourAfter: number
    readonly savedPerHour: number
  }[]
}
const answerOf = async (...args: readonly string[]) => {
  const { out, status } = await consolidate(...args, '--output', 'json')
  return { status, ...(JSON.parse(out) as Answer).consolidations[0]! }
}
const sumOf = (machines: readonly { readonly perHour: number }[]): number =>
  machines.reduce((sum, { perHour }) => sum + perHour, 0)

describe('consolidate', () => {
  it('names what goes, what is opened and what stays, and adds up the money', async () => {
    const answer = await answerOf(cluster, ...prices)
    expect(answer.status).toBe(1)
    expect(answer.gone.map(({ name }) => name)).toEqual(['idle-1', 'web-1', 'web-2'])
    expect(answer.opened.map(({ type }) => type)).toEqual(['m5.large'])
    expect(answer.staying).toMatchObject([
      { name: 'batch-1', by: 'Pods' },
      { name: 'ledger-1', by: 'Budget' },
    ])
    expect(answer.savedPerHour).toBeCloseTo(sumOf(answer.gone) - sumOf(answer.opened), 9)
    expect(answer.perHourBefore - answer.perHourAfter).toBeCloseTo(answer.savedPerHour, 9)
    expect(answer.pods.filter(({ heldBy }) => heldBy !== undefined).length).toBeGreaterThan(0)
  })
  it('needs no prices to let nodes go', async () => {
    const { opened, gone, perHourBefore } = await answerOf(cluster)
    expect({ opened, perHourBefore }).toEqual({ opened: [], perHourBefore: undefined })
    expect(gone.length).toBeGreaterThan(0)
  })
  it('says when all machines are needed', async () => {
    const { out, status } = await consolidate(
      ...['docs/examples/drain/cluster.yaml', '--nodes', 'm5.large'],
      ...['--work', '0'],
    )
    expect(out).toContain('Kubernetes: all of 4 nodes are needed')
    expect(out).toContain('the work was used up')
    expect(status).toBe(0)
  })
  it('has a row per machine as CSV', async () => {
    const { out } = await consolidate(cluster, ...prices, '--output', 'csv')
    expect(out.split(/\r?\n/)[0]).toBe('platform,machine,outcome,type,cost_per_hour,moved,reason')
    expect(out).toContain('kubernetes,m5.large-1,opens,m5.large,0.096,,')
    expect(out).toContain('kubernetes,idle-1,goes,m5.2xlarge,0.384,0,')
  })
  it.each<[string, readonly string[], string]>([
    ['types without prices', [cluster, '--types', 'm5'], '--types: found "m5", expected prices'],
    ['an unknown type', [cluster, '--types', 'mm5', ...prices], '--types: found "mm5"'],
    ['no machines', ['docs/examples/shop/kubernetes'], 'no nodes'],
    [
      'machines of ECS alone',
      ['docs/examples/shop/ecs', '--nodes', 'm5.large'],
      'no nodes of Kubernetes',
    ],
    ['durations that are none', [cluster, '--durations', 'start=soon'], 'soon'],
  ])('says what is wrong with %s', async (_, args, text) => {
    const { out, error, status } = await consolidate(...args)
    expect(`${out}${error}`).toContain(text)
    expect(status).toBe(2)
  })
})

const fleet = 'docs/examples/supply/fleet.yaml'

interface OtherAnswer {
  readonly consolidations: readonly { readonly perHourAfter: number }[]
  readonly others: readonly {
    readonly as: string
    readonly steps: readonly {
      readonly method: string
      readonly gone: readonly string[]
      readonly opened?: { readonly type: string }
      readonly savedPerHour: number
    }[]
    readonly staying: readonly { readonly name: string; readonly because: string }[]
    readonly perHourBefore: number
    readonly perHourAfter: number
  }[]
  readonly notes: readonly string[]
}
const othersOf = async (...args: readonly string[]) => {
  const { out, error } = await consolidate(...args, ...prices, '--output', 'json')
  expect(error).toBe('')
  return JSON.parse(out) as OtherAnswer
}

describe('consolidate --as', () => {
  it('plays the steps of Karpenter within the budgets of a NodePool', async () => {
    const { others } = await othersOf(fleet, '--as', 'karpenter')
    const { steps, staying, perHourBefore, perHourAfter } = others[0]!
    expect(
      steps.map(({ method, gone, opened }) => [method, [...gone].sort(), opened?.type]),
    ).toEqual([
      ['emptiness', ['idle-1'], undefined],
      ['multi', ['web-1', 'web-2'], 'm5.large'],
    ])
    expect(staying).toEqual([])
    const saved = steps.reduce((sum, { savedPerHour }) => sum + savedPerHour, 0)
    expect(perHourBefore - perHourAfter).toBeCloseTo(saved, 9)
  })
  it('lets nodes of groups go as the Cluster Autoscaler does, down to the minimum', async () => {
    const { others, notes } = await othersOf(fleet, '--as', 'cluster-autoscaler')
    expect(others[0]!.steps.map(({ method, gone }) => [method, gone])).toEqual([
      ['empty', ['idle-1']],
      ['drain', ['web-1']],
    ])
    expect(notes.join()).toContain('no node group is written')
  })
  it('is never dearer as the best than as the others', async () => {
    const { consolidations, others } = await othersOf(fleet, '--as', 'all')
    for (const { perHourAfter } of others)
      expect(consolidations[0]!.perHourAfter).toBeLessThanOrEqual(perHourAfter)
    const { out } = await consolidate(fleet, '--as', 'all', ...prices)
    expect(out).toContain('as each would have it')
  })
  it('says why nodes stay that are of no NodePool', async () => {
    const { others } = await othersOf(cluster, '--as', 'karpenter')
    expect(new Set(others[0]!.staying.map(({ because }) => because))).toEqual(
      new Set(['it is of no NodePool']),
    )
  })
  it('asks for prices', async () => {
    const { out, error } = await consolidate(fleet, '--as', 'karpenter')
    expect(`${out}${error}`).toContain('--prices FILE')
  })
})
