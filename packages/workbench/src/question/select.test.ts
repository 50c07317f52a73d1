/**
 * Tests selections from a plan: the parts add up to the whole, and machines keep everything that
 * they use.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import * as fc from 'fast-check'
import * as E from 'fp-ts/lib/Either.js'
import { pipe } from 'fp-ts/lib/function.js'
import { describe, expect, it } from 'vitest'
import { selectNamespaces, selectReplicas, type ReplicaSelection } from './select.js'
import { planWorkloads, readMachines, readQuestion, type Plans } from '../index.js'
import { replicaCounts, type PlatformPlan } from '../platform/plan.js'

interface AnyPod {
  readonly namespace: string
  readonly cpu: number
  readonly node?: string
}
const namespaces = ['a', 'b'] as const
const anyPod: fc.Arbitrary<AnyPod> = fc.record(
  {
    namespace: fc.constantFrom(...namespaces),
    cpu: fc.integer({ min: 1, max: 3 }),
    node: fc.constantFrom('n1', 'n2'),
  },
  { requiredKeys: ['namespace', 'cpu'] },
)
const nodeObject = (name: string): object => ({
  ...{ apiVersion: 'v1', kind: 'Node', metadata: { name } },
  status: { allocatable: { cpu: '4', memory: '4Gi', pods: '9' } },
})
const podObject = ({ namespace, cpu, node }: AnyPod, i: number): object => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${i}`, namespace } },
  spec: {
    ...(node === undefined ? {} : { nodeName: node }),
    containers: [{ name: 'c', resources: { requests: { cpu: String(cpu) } } }],
  },
  ...(node === undefined ? {} : { status: { phase: 'Running' } }),
})
const planOf = (pods: readonly AnyPod[]): Plans => {
  const objects = [...['n1', 'n2'].map(nodeObject), ...pods.map(podObject)]
  const texts = objects.map((one, i) => ({ file: `${i}.json`, text: JSON.stringify(one) }))
  const machines = getOrThrow(readMachines({ nodes: [] }))
  const question = readQuestion({
    documents: { from: 'here', texts },
    ...{ machines, trunking: false, parameters: [], seed: 1, fargate: {} },
  })
  return getOrThrow(planWorkloads(getOrThrow(question), { fargate: false }))
}
const machinesOf = ({ plans }: Plans): PlatformPlan => plans[0]!.machines!

type Select = typeof selectNamespaces
const addsUp = (select: Select): fc.IProperty<[AnyPod[]]> =>
  fc.property(fc.array(anyPod, { minLength: 1 }), (pods) => {
    const all = planOf(pods)
    const there = namespaces.filter((one) => pods.some(({ namespace }) => namespace === one))
    const parts = there.map((one) => getOrThrow(select(all, [one])))
    for (const key of ['placed', 'running', 'unplaced'] as const) {
      const counts = parts.map((one) => replicaCounts(machinesOf(one))[key])
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(
        replicaCounts(machinesOf(all))[key],
      )
    }
    for (const [i, one] of parts.entries()) {
      const names = machinesOf(one).plan.nodes.flatMap(({ holds }) => holds.map(({ name }) => name))
      expect(names.filter((name) => !name.startsWith(`${there[i]!}/`))).toEqual([])
      expect(machinesOf(one).plan.nodes.map(({ gauges }) => gauges)).toEqual(
        machinesOf(all).plan.nodes.map(({ gauges }) => gauges),
      )
      expect(one.isPlaced).toBe(replicaCounts(machinesOf(one)).unplaced === 0)
    }
  })

describe('namespaces', () => {
  it('add up to the whole', () => fc.assert(addsUp(selectNamespaces)))
  it.each<[string, Select]>([
    ['what has no place is not selected', (plans) => E.right(plans)],
    [
      'what holds nothing is dropped',
      (plans, names) =>
        pipe(
          selectNamespaces(plans, names),
          E.map(({ plans: all, ...rest }) => ({
            ...rest,
            plans: all.map((one) => ({
              ...one,
              machines: {
                ...one.machines!,
                plan: {
                  ...one.machines!.plan,
                  nodes: one.machines!.plan.nodes.filter(({ holds }) => holds.length > 0),
                },
              },
            })),
          })),
        ),
    ],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(addsUp(broken))).toBe(true)
  })
  it('without a workload are a fault', () => {
    const plans = planOf([{ namespace: 'a', cpu: 1 }])
    expect(selectNamespaces(plans, ['a', 'c', 'd'])).toMatchObject(
      E.left([
        { from: '--namespace', found: '"c"', expected: 'a namespace with workloads, such as a' },
        { from: '--namespace', found: '"d"' },
      ]),
    )
  })
})

type SelectReplicas = typeof selectReplicas
const counted = (select: SelectReplicas, plan: PlatformPlan, of?: ReplicaSelection) =>
  replicaCounts(select(plan, of))
const divides = (select: SelectReplicas): fc.IProperty<[AnyPod[]]> =>
  fc.property(fc.array(anyPod, { minLength: 1 }), (pods) => {
    const plan = machinesOf(planOf(pods))
    const { placed, running, unplaced } = replicaCounts(plan)
    const added = placed - running
    expect(counted(select, plan)).toEqual({ placed, running, unplaced })
    expect(counted(select, plan, 'pending')).toEqual({ placed: added, running: 0, unplaced })
    expect(counted(select, plan, 'new')).toEqual({ placed: added, running: 0, unplaced: 0 })
    expect(counted(select, plan, 'unplaced')).toEqual({ placed: 0, running: 0, unplaced })
    expect(added + unplaced).toBe(pods.filter(({ node }) => node === undefined).length)
  })

describe('replicas', () => {
  it('that wanted a place are those with one and those without', () =>
    fc.assert(divides(selectReplicas)))
  it.each<[string, SelectReplicas]>([
    ['what runs is selected as well', (plan) => plan],
    ['pending means new', (plan, of) => selectReplicas(plan, of === 'pending' ? 'new' : of)],
  ])('are refuted when %s', (_, broken) => {
    expect(isRefuted(divides(broken))).toBe(true)
  })
})
