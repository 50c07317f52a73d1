/**
 * Tests differences of random plans against a reference implementation that reads the JSON of both
 * plans. A plan does not differ from itself, swapping the two plans mirrors the difference, and the
 * differences add up to both plans.
 */
import * as fc from 'fast-check'
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import { describe, expect, it } from 'vitest'
import { planWorkloads, plansJson, readMachines, readQuestion } from '../index.js'
import type { Plans } from '../question/plans.js'
import { differencesOf, type Differences, type PlanDifference } from './difference.js'

interface Side {
  readonly nodes: readonly number[]
  readonly pods: Readonly<Record<string, { readonly cpu: number; readonly count: number }>>
  readonly tasks: Readonly<Record<string, number>>
  readonly fargate: boolean
}

const anySide: fc.Arbitrary<Side> = fc.record({
  nodes: fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 4 }),
  pods: fc.dictionary(
    fc.constantFrom('a', 'b', '__proto__', 'd'),
    fc.record({ cpu: fc.constantFrom(500, 1000, 2500), count: fc.integer({ min: 1, max: 4 }) }),
    { minKeys: 1 },
  ),
  tasks: fc.dictionary(fc.constantFrom('web', 'api'), fc.integer({ min: 1, max: 3 })),
  fargate: fc.boolean(),
})

const nodeOf = (cpu: number, i: number): object => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${i}` } },
  status: { allocatable: { cpu: String(cpu), memory: '8Gi', pods: '10' } },
})
const deploymentOf = (name: string, cpu: number, replicas: number): object => ({
  ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name } },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'main', resources: { requests: { cpu: `${cpu}m` } } }] },
    },
  },
})
const taskOf = (family: string, desiredCount: number): readonly object[] => [
  { family, containerDefinitions: [{ name: 'main', cpu: 1500, memory: 512 }] },
  { serviceName: family, taskDefinition: family, desiredCount },
]
const instanceOf = (i: number): object => ({
  ...{ ec2InstanceId: `i-${i}`, status: 'ACTIVE', agentConnected: true },
  registeredResources: [
    { name: 'CPU', integerValue: 2048 },
    { name: 'MEMORY', integerValue: 4096 },
  ],
})

const documentsOf = ({ nodes, pods, tasks }: Side): readonly object[] => [
  ...nodes.map(nodeOf),
  ...Object.entries(pods).map(([name, { cpu, count }]) =>
    deploymentOf(name.replaceAll('_', 'x'), cpu, count),
  ),
  ...Object.entries(tasks).flatMap(([name, count]) => taskOf(name, count)),
  ...(Object.keys(tasks).length === 0 ? [] : nodes.map((_, i) => instanceOf(i))),
]

const plansOf = (side: Side): Plans => {
  const texts = documentsOf(side).map((one, i) => ({ file: `${i}`, text: JSON.stringify(one) }))
  const question = readQuestion({
    documents: { from: 'here', texts },
    machines: getOrThrow(readMachines({ nodes: [] })),
    ...{ zones: ['a'], trunking: false, parameters: [], seed: 1, fargate: {} },
  })
  return getOrThrow(planWorkloads(getOrThrow(question), { fargate: side.fargate }))
}

type Compare = (before: Plans, after: Plans) => Differences

const isItself = (compare: Compare) =>
  fc.property(anySide, (side) => {
    const { differences, isPlaced } = compare(plansOf(side), plansOf(side))
    expect(isPlaced).toBe(true)
    expect(differences.length).toBeGreaterThan(0)
    for (const { workloads, machines } of differences)
      expect([workloads, machines]).toEqual([[], []])
  })

const mirror = (one: PlanDifference): PlanDifference => ({
  ...one,
  ...{ before: one.after, after: one.before },
  workloads: one.workloads.map(({ before, after, moves, added, removed, ...rest }) => ({
    ...rest,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
    moves: moves.map(({ from, to, count }) => ({ from: to, to: from, count })),
    ...{ added: removed, removed: added },
  })),
  machines: one.machines.map(({ before, after, ...rest }) => ({
    ...rest,
    ...(after === undefined ? {} : { before: after }),
    ...(before === undefined ? {} : { after: before }),
  })),
})

const mirrors = (compare: Compare) =>
  fc.property(anySide, anySide, (one, other) => {
    const [before, after] = [plansOf(one), plansOf(other)]
    expect(compare(after, before).differences).toEqual(
      compare(before, after).differences.map(mirror),
    )
  })

interface PlanJson {
  readonly vocabulary: string
  readonly supply: string
  readonly nodes: readonly {
    readonly name: string
    readonly gauges: unknown
    readonly holds: readonly { readonly name: string; readonly count: number }[]
  }[]
  readonly fargate: readonly {
    readonly name: string
    readonly count: number
    readonly size: { readonly cpu: number; readonly memory: number }
  }[]
  readonly unplaced: PlanJson['nodes'][number]['holds']
  readonly refused: PlanJson['nodes'][number]['holds']
  readonly held: PlanJson['nodes'][number]['holds']
}

/** A line per fact: a replica in a place or without one, and what a machine is. */
const factsOf = (plans: Plans): readonly string[] => {
  const { plans: all } = JSON.parse(JSON.stringify(plansJson(plans))) as {
    readonly plans: readonly PlanJson[]
  }
  return all.flatMap(({ vocabulary, supply, nodes, fargate, unplaced, refused, held }) => {
    const line = (...words: readonly unknown[]) => [vocabulary, supply, ...words].join(' | ')
    const times = (count: number, text: string): readonly string[] =>
      Array<string>(count).fill(text)
    return [
      ...nodes.flatMap(({ name, holds }) =>
        holds.flatMap((one) => times(one.count, line(one.name, 'in', name))),
      ),
      ...fargate.flatMap(({ name, count, size }) =>
        times(count, line(name, 'in', `Fargate ${size.cpu / 1024} vCPU ${size.memory / 1024} GB`)),
      ),
      ...[...unplaced, ...refused, ...held].flatMap(({ name, count }) =>
        times(count, line(name, 'nowhere')),
      ),
    ]
  })
}

/** The facts of the first plan, with every move, gain and loss that the difference tells. */
const applied = (facts: readonly string[], { differences }: Differences): readonly string[] => {
  const left = [...facts]
  for (const { platform, supply, workloads } of differences)
    for (const one of workloads) {
      const line = (...words: readonly string[]): string =>
        [platform.id, supply === 'machines' ? 'nodes' : 'fargate', one.name, ...words].join(' | ')
      const drop = (count: number, text: string): void => {
        for (let i = 0; i < count; i++) {
          const at = left.indexOf(text)
          if (at < 0) throw new Error(`there is no ${text}`)
          left.splice(at, 1)
        }
      }
      const add = (count: number, text: string): void => {
        for (let i = 0; i < count; i++) left.push(text)
      }
      for (const { from, to, count } of one.moves) {
        drop(count, line('in', from))
        add(count, line('in', to))
      }
      for (const { place, count } of one.added) add(count, line('in', place))
      for (const { place, count } of one.removed) drop(count, line('in', place))
      drop(one.before?.unplaced ?? 0, line('nowhere'))
      add(one.after?.unplaced ?? 0, line('nowhere'))
    }
  return left.sort()
}

/** The names of the machines that differ, by the JSON of both plans. */
const machinesThatDiffer = (before: Plans, after: Plans): readonly string[] => {
  const textsOf = (plans: Plans): readonly string[] => {
    const { plans: all } = plansJson(plans) as { readonly plans: readonly PlanJson[] }
    return all.flatMap(({ vocabulary, supply, nodes }) =>
      nodes.map(({ name, gauges, holds }) => {
        const sorted = holds.map((one) => `${one.name} x${one.count}`).sort()
        return JSON.stringify([`${vocabulary} ${supply} ${name}`, gauges, sorted])
      }),
    )
  }
  const [old, next] = [new Set(textsOf(before)), new Set(textsOf(after))]
  const only = [
    ...[...old].filter((text) => !next.has(text)),
    ...[...next].filter((text) => !old.has(text)),
  ]
  return [...new Set(only.map((text) => (JSON.parse(text) as readonly [string])[0]))].sort()
}

let moved = 0
const addsUp = (compare: Compare) =>
  fc.property(anySide, anySide, (one, other) => {
    const [before, after] = [plansOf(one), plansOf(other)]
    const found = compare(before, after)
    expect(applied(factsOf(before), found)).toEqual([...factsOf(after)].sort())
    const machines = found.differences.flatMap((each) =>
      each.machines.map(
        ({ name }) =>
          `${each.platform.id} ${each.supply === 'machines' ? 'nodes' : 'fargate'} ${name}`,
      ),
    )
    expect([...machines].sort()).toEqual(machinesThatDiffer(before, after))
    const nowhere = (facts: readonly string[]): ReadonlyMap<string, number> => {
      const counts = new Map<string, number>()
      for (const fact of facts)
        if (fact.endsWith('nowhere')) counts.set(fact, (counts.get(fact) ?? 0) + 1)
      return counts
    }
    const old = nowhere(factsOf(before))
    expect(found.isPlaced).toBe(
      [...nowhere(factsOf(after))].every(([fact, count]) => count <= (old.get(fact) ?? 0)),
    )
    moved += found.differences.flatMap(({ workloads }) =>
      workloads.flatMap(({ moves }) => moves),
    ).length
  })

/** A difference with every workload's difference changed. */
const planted =
  (damage: (one: PlanDifference) => PlanDifference): Compare =>
  (before, after) => {
    const found = differencesOf(before, after)
    return { ...found, differences: found.differences.map(damage) }
  }

describe('a difference', () => {
  it('of a plan and itself is none', () => fc.assert(isItself(differencesOf)))
  it('of itself is refuted where the second side has lost its machines', () => {
    const lost: Compare = (before, after) =>
      differencesOf(before, {
        ...after,
        plans: after.plans.map((one) => ({ ...one, machines: undefined })),
      })
    expect(isRefuted(isItself(lost))).toBe(true)
  })
  it('is mirrored by swapped sides', () => fc.assert(mirrors(differencesOf)))
  it('is not mirrored where one gain alone is told', () => {
    const one = planted((each) => ({
      ...each,
      workloads: each.workloads.map((workload) => ({
        ...workload,
        added: workload.added.slice(0, 1),
      })),
    }))
    expect(isRefuted(mirrors(one))).toBe(true)
  })
  it('adds up to both plans', () => {
    fc.assert(addsUp(differencesOf))
    expect(moved).toBeGreaterThan(20)
  })
  it.each<readonly [string, Compare]>([
    [
      'a move is lost',
      planted((one) => ({
        ...one,
        workloads: one.workloads.map((each) => ({ ...each, moves: each.moves.slice(1) })),
      })),
    ],
    ['a machine is lost', planted((one) => ({ ...one, machines: one.machines.slice(1) }))],
    ['harm is not seen', (before, after) => ({ ...differencesOf(before, after), isPlaced: true })],
  ])('does not add up when %s', (_, compare) => {
    expect(isRefuted(addsUp(compare))).toBe(true)
  })
})
