/**
 * Tests the release of nodes (their removal from a cluster) on random clusters:
 * 1. No removed node was protected.
 * 2. The pods of removed nodes have room on nodes that stay or are opened.
 * 3. A plan of the remaining cluster places as many pods as before, on nodes that cost less.
 */
import { getOrThrow } from '@stowage/kernel'
import { isRefuted } from '@stowage/testing'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readNodePools } from '../node-pool/read-pools.js'
import type { NodePool } from '../node-pool/words.js'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'
import { releaseNodes } from './release.js'
import type { OpenedNode, Release, ReleaseOptions } from './terms.js'

const kinds = [
  { prefix: 'small', price: 10, cpu: 1_000 },
  { prefix: 'large', price: 18, cpu: 2_000 },
] as const
type NodeKind = (typeof kinds)[number]

const node = (name: string, { prefix, cpu }: NodeKind, annotations: object = {}) => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: {
    ...{ name, annotations },
    labels: {
      'kubernetes.io/hostname': name,
      'node.kubernetes.io/instance-type': prefix,
      'topology.kubernetes.io/zone': 'a',
    },
  },
  status: { allocatable: { cpu: `${cpu}m`, memory: '64Gi', pods: '8' } },
})

interface PodTerms {
  readonly kind?: string
  readonly annotations?: object
  readonly volumes?: readonly object[]
  readonly isApart?: boolean
}
const pod = (
  [app, i]: readonly [string, number],
  nodeName: string | undefined,
  cpu: number,
  { kind = 'ReplicaSet', annotations = {}, volumes = [], isApart = false }: PodTerms = {},
) => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: {
    ...{ name: `${app}-${i}`, namespace: 'shop', labels: { app }, annotations },
    ownerReferences:
      kind === '' ? [] : [{ apiVersion: 'apps/v1', kind, name: app, controller: true }],
  },
  spec: {
    ...(nodeName === undefined ? {} : { nodeName }),
    ...{ volumes, containers: [{ name: 'c', image: 'i', resources: { requests: request(cpu) } }] },
    ...(isApart ? { affinity: { podAntiAffinity: apartFrom(app) } } : {}),
  },
  status:
    nodeName === undefined
      ? { phase: 'Pending' }
      : { phase: 'Running', conditions: [{ type: 'Ready', status: 'True' }] },
})
const request = (cpu: number) => ({ cpu: `${cpu}m` })
const apartFrom = (app: string) => ({
  requiredDuringSchedulingIgnoredDuringExecution: [
    { labelSelector: { matchLabels: { app } }, topologyKey: 'kubernetes.io/hostname' },
  ],
})
const guard = (app: string, terms: object) => ({
  ...{ apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  metadata: { name: app, namespace: 'shop' },
  spec: { selector: { matchLabels: { app } }, ...terms },
})

type Pod = ReturnType<typeof pod>
type NodeObject = ReturnType<typeof node>
interface Cluster {
  readonly nodes: readonly NodeObject[]
  readonly pods: readonly Pod[]
  readonly budgets: readonly object[]
  readonly pools?: readonly NodePool[]
}

const inputOf = (objects: readonly unknown[]) =>
  getOrThrow(readKubernetes(objects.map((value, i) => ({ from: `${i}.yaml`, value }))))

const kindOf = ({ metadata }: NodeObject): NodeKind =>
  kinds.find(({ prefix }) => prefix === metadata.labels['node.kubernetes.io/instance-type'])!

const openedNode = ({ name, offer }: OpenedNode): NodeObject => node(name, kinds[offer]!)

const released = (cluster: Cluster, more: Partial<ReleaseOptions> = {}): Release => {
  const objects = [...cluster.nodes, ...cluster.pods, ...cluster.budgets]
  const probes = kinds.map((kind) => node(`probe-${kind.prefix}`, kind))
  return releaseNodes(
    {
      pools: cluster.pools ?? [],
      offers: kinds.map(({ prefix, price }) => ({ prefix, price, probe: `probe-${prefix}` })),
      inputWith: (opened, withProbes) =>
        inputOf([...objects, ...opened.map(openedNode), ...(withProbes ? probes : [])]),
    },
    {
      ...{ durations: { start: 20, ready: 5, stop: 10 }, deletesLocalData: false },
      prices: new Map(cluster.nodes.map((one) => [one.metadata.name, kindOf(one).price])),
      ...{ workMax: 10_000, search: {}, ...more },
    },
  )
}

const local = { volumes: [{ name: 'data', emptyDir: {} }] }
const stubborn: readonly PodTerms[] = [
  { kind: '' },
  local,
  { annotations: { 'karpenter.sh/do-not-disrupt': 'true' } },
  { annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'false' } },
]

const anyCluster: fc.Arbitrary<Cluster> = fc
  .record({
    nodes: fc.array(fc.constantFrom(...kinds), { minLength: 1, maxLength: 6 }),
    apps: fc.array(
      fc.record({
        cpu: fc.constantFrom(100, 300, 500),
        isApart: fc.boolean(),
        budget: fc.constantFrom(undefined, { maxUnavailable: 1 }, { minAvailable: '100%' }),
        places: fc.array(fc.nat(5), { minLength: 1, maxLength: 4 }),
        waiting: fc.constantFrom(0, 0, 1),
      }),
      { minLength: 1, maxLength: 3 },
    ),
    lone: fc.option(fc.record({ at: fc.nat(5), terms: fc.constantFrom(...stubborn) })),
    isKept: fc.constantFrom(false, false, true),
  })
  .map(({ nodes: types, apps, lone, isKept }) => {
    const nodes = types.map((kind, i) => {
      const annotations = { 'karpenter.sh/do-not-disrupt': String(isKept && i === 0) }
      return node(`n${i}`, kind, annotations)
    })
    const nameAt = (at: number): string => nodes[at % nodes.length]!.metadata.name
    const placesOf = (places: readonly number[], isApart: boolean): readonly number[] =>
      isApart ? [...new Set(places.map((at) => at % nodes.length))] : places
    return {
      nodes,
      pods: [
        ...apps.flatMap(({ cpu, isApart, places, waiting }, a) => {
          const all = placesOf(places, isApart)
          return [
            ...all.map((at, i) => pod([`app${a}`, i], nameAt(at), cpu, { isApart })),
            ...Array.from({ length: waiting }, (_, i) =>
              pod([`app${a}`, all.length + i], undefined, cpu, { isApart }),
            ),
          ]
        }),
        ...(lone === null ? [] : [pod(['lone', 0], nameAt(lone.at), 100, lone.terms)]),
      ],
      budgets: apps.flatMap(({ budget }, a) =>
        budget === undefined ? [] : [guard(`app${a}`, budget)],
      ),
    }
  })

const cpuOf = ({ spec }: Pod): number =>
  Number.parseInt(spec.containers[0]!.resources.requests.cpu, 10)

/** The cluster after a release, each pod that moved with the node that it was given. */
const clusterAfter = (
  { nodes, pods, budgets }: Cluster,
  { gone, opened, drain }: Release,
): Cluster => {
  const places = new Map(
    drain.pods.map(({ name, replacement }) => [name, replacement?.node ?? 'nowhere']),
  )
  return {
    nodes: [
      ...nodes.filter(({ metadata }) => !gone.includes(metadata.name)),
      ...opened.map(openedNode),
    ],
    pods: pods.map((one): Pod => {
      const nodeName = places.get(`shop/${one.metadata.name}`)
      return nodeName === undefined ? one : { ...one, spec: { ...one.spec, nodeName } }
    }),
    budgets,
  }
}

const waitingIn = ({ nodes, pods, budgets }: Cluster): number =>
  planOnNodes(inputOf([...nodes, ...pods, ...budgets])).plan.unplaced.reduce(
    (sum, { count }) => sum + count,
    0,
  )

const priceIn = ({ nodes }: Cluster): number =>
  nodes.reduce((sum, one) => sum + kindOf(one).price, 0)

const isStubborn = ({ metadata, spec }: Pod): boolean =>
  metadata.ownerReferences.length === 0 ||
  spec.volumes.length > 0 ||
  Object.keys(metadata.annotations).length > 0

const keepsPromises = (release: typeof released) =>
  fc.property(anyCluster, (cluster) => {
    const found = release(cluster)
    const after = clusterAfter(cluster, found)
    const left = new Map(after.nodes.map((one) => [one.metadata.name, one]))
    for (const { metadata } of cluster.nodes.filter(({ metadata: { name } }) => !left.has(name)))
      expect(metadata.annotations).toEqual({ 'karpenter.sh/do-not-disrupt': 'false' })
    for (const one of cluster.pods) {
      const { nodeName } = one.spec as { readonly nodeName?: string }
      if (isStubborn(one)) expect(left.has(nodeName!)).toBe(true)
    }
    const pods = new Map(found.drain.pods.map((one) => [one.name, one]))
    for (const one of after.pods) {
      const { nodeName } = one.spec as { readonly nodeName?: string }
      if (nodeName !== undefined) expect(left.has(nodeName)).toBe(true)
    }
    for (const [name, one] of left) {
      const own = after.pods.filter(
        (each) => (each.spec as { nodeName?: string }).nodeName === name,
      )
      const moved = own.filter((each) => pods.has(`shop/${each.metadata.name}`))
      if (moved.length === 0) continue
      expect(own.reduce((sum, each) => sum + cpuOf(each), 0)).toBeLessThanOrEqual(kindOf(one).cpu)
      for (const each of moved.filter(({ spec }) => 'affinity' in spec))
        expect(
          own.filter(({ metadata }) => metadata.labels.app === each.metadata.labels.app),
        ).toHaveLength(1)
    }
    expect(waitingIn(after)).toBeLessThanOrEqual(waitingIn(cluster))
    expect(found.priceAfter).toBe(priceIn(after))
    if (found.gone.length > 0) expect(priceIn(after)).toBeLessThan(priceIn(cluster))
    expect(found.gone.length + found.staying.length).toBe(cluster.nodes.length)
  })

/** One more node goes than can. */
const greedier: typeof released = (cluster, more) => {
  const found = released(cluster, more)
  const [first, ...staying] = found.staying
  return first === undefined ? found : { ...found, gone: [...found.gone, first.name], staying }
}

describe('a release', () => {
  it('lets go what is free, gives each pod a place, and costs less', () => {
    fc.assert(keepsPromises(released), { numRuns: 60, seed: 1 })
    expect(isRefuted(keepsPromises(greedier), { runsMax: 60 })).toBe(true)
  })

  const [small, large] = kinds
  const web = (i: number, at: string, cpu = 300, terms: PodTerms = {}) =>
    pod(['web', i], at, cpu, terms)
  const reasonsOf = ({ staying }: Release) =>
    Object.fromEntries(staying.map(({ name, reason }) => [name, reason]))

  it('opens one node in the place of a larger one', () => {
    const cluster = { nodes: [node('n0', large)], pods: [web(0, 'n0', 500)], budgets: [] }
    expect(released(cluster)).toMatchObject({
      ...{ gone: ['n0'], opened: [{ offer: 0, name: 'small-1' }], priceBefore: 18 },
      ...{ priceAfter: 10, staying: [] },
    })
  })

  it('opens one node in the place of several that are full', () => {
    const nodes = [0, 1].map((i) => node(`n${i}`, small))
    const pods = [0, 1].map((i) => web(i, `n${i}`, 900))
    expect(released({ nodes, pods, budgets: [] })).toMatchObject({
      ...{ gone: ['n0', 'n1'], opened: [{ offer: 1 }], priceBefore: 20, priceAfter: 18 },
    })
  })

  it('lets nodes go without prices, and opens none', () => {
    const nodes = [0, 1].map((i) => node(`n${i}`, small))
    const pods = [web(0, 'n0', 100), web(1, 'n1', 900)]
    const found = released({ nodes, pods, budgets: [] }, { prices: new Map() })
    expect(found).toMatchObject({ gone: ['n0'], opened: [], priceBefore: 0, priceAfter: 0 })
  })

  it('lets an empty node go beside those that pods which wait are spread over', () => {
    const zoned = (name: string, zone: string): NodeObject => {
      const one = node(name, small)
      const labels = { ...one.metadata.labels, 'topology.kubernetes.io/zone': zone }
      return { ...one, metadata: { ...one.metadata, labels } }
    }
    const spread = {
      ...{ maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone' },
      ...{ whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
    }
    const nodes = [zoned('n0', 'a'), zoned('n1', 'b'), zoned('n2', 'c'), zoned('n3', 'a')]
    const pods = [0, 1, 2].map((i): Pod => {
      const one = pod(['web', i], undefined, 200)
      return { ...one, spec: { ...one.spec, topologySpreadConstraints: [spread] } as Pod['spec'] }
    })
    expect(released({ nodes, pods, budgets: [] })).toMatchObject({
      ...{ gone: ['n3'], waiting: { before: 0, after: 0 } },
    })
  })

  it('says why pods find no place where no offer has room for them', () => {
    const cluster = { nodes: [node('n0', small)], pods: [web(0, 'n0', 3_000)], budgets: [] }
    expect(reasonsOf(released(cluster))).toMatchObject({
      n0: { by: 'NoPlace', unplaced: [{ name: 'shop/web-0', count: 1, nodes: 0 }] },
    })
  })

  it('names the price of the node that would be needed', () => {
    const cluster = { nodes: [node('n0', small)], pods: [web(0, 'n0')], budgets: [] }
    expect(reasonsOf(released(cluster))).toMatchObject({
      n0: { by: 'Price', price: 10, offers: [0], unplaced: [{ name: 'shop/web-0', count: 1 }] },
    })
  })

  it('stops when the work is used up, and says so', () => {
    const nodes = [0, 1, 2].map((i) => node(`n${i}`, small))
    const found = released({ nodes, pods: [], budgets: [] }, { workMax: 1 })
    expect(found.gone).toEqual(['n0'])
    expect(reasonsOf(found)).toEqual({ n1: { by: 'Work' }, n2: { by: 'Work' } })
  })

  it.each<[string, object, PodTerms, readonly object[], object]>([
    ['the node', { 'karpenter.sh/do-not-disrupt': 'true' }, {}, [], { by: 'Node' }],
    [
      'the node to the Cluster Autoscaler',
      { 'cluster-autoscaler.kubernetes.io/scale-down-disabled': 'true' },
      {},
      [],
      { by: 'Node' },
    ],
    ...stubborn.map((terms): [string, object, PodTerms, readonly object[], object] => [
      JSON.stringify(terms),
      {},
      terms,
      [],
      { by: 'Pods', pods: ['shop/web-0'] },
    ]),
    [
      'a budget',
      {},
      {},
      [guard('web', { maxUnavailable: 0 })],
      { by: 'Budget', pod: 'shop/web-0', budget: 'shop/web', healthy: 2, desiredHealthy: 2 },
    ],
  ])('keeps a node because of %s', (_, annotations, terms, budgets, reason) => {
    const nodes = [node('n0', small, annotations), node('n1', small)]
    const pods = [web(0, 'n0', 300, terms), web(1, 'n1', 900, { annotations: { ...keep } })]
    expect(reasonsOf(released({ nodes, pods, budgets }))['n0']).toMatchObject(reason)
  })
  const keep = { 'karpenter.sh/do-not-disrupt': 'true' }

  const pool = (disruption: object, more: object = {}) => ({
    ...{ apiVersion: 'karpenter.sh/v1', kind: 'NodePool', metadata: { name: 'shop' } },
    spec: { template: { spec: { requirements: [] } }, disruption, ...more },
  })
  const poolsOf = (value: unknown) => getOrThrow(readNodePools([{ from: 'pool.yaml', value }]))
  const ofPool = (name: string) => {
    const { metadata, ...rest } = node(name, small)
    const labels = { ...metadata.labels, 'karpenter.sh/nodepool': 'shop' }
    return { ...rest, metadata: { ...metadata, labels } }
  }
  const never = { consolidateAfter: 'Never' }
  const whenEmpty = { consolidationPolicy: 'WhenEmpty', consolidateAfter: '0s' }
  const underused = {
    consolidateAfter: '0s',
    budgets: [{ nodes: '0%', reasons: ['Underutilized'] }],
  }

  it.each<[string, object, object, readonly string[]]>([
    ['of a fixed size', {}, { replicas: 3 }, []],
    ['that is never consolidated', never, {}, []],
    ['that lets only empty nodes go', whenEmpty, {}, ['n2']],
    ['with a budget of no node for a reason', underused, {}, ['n2']],
    ['with a budget of no node', { ...whenEmpty, budgets: [{ nodes: '0' }] }, {}, []],
    ['with a budget of some nodes', { budgets: [{ nodes: '10%' }] }, {}, ['n2', 'n0']],
  ])('lets nodes of a NodePool %s go as it says', (_, disruption, more, gone) => {
    const cluster = {
      nodes: ['n0', 'n1', 'n2'].map(ofPool),
      pods: [web(0, 'n0'), web(1, 'n1', 300, { kind: '' })],
      budgets: [],
      pools: poolsOf({ apiVersion: 'v1', kind: 'List', items: [pool(disruption, more)] }),
    }
    expect(released(cluster).gone).toEqual(gone)
  })

  it('names a NodePool of another version', () => {
    const items = [{ ...pool({}), apiVersion: 'karpenter.sh/v1beta1' }]
    expect(readNodePools([{ from: 'pools.json', value: { items } }])).toEqual({
      _tag: 'Left',
      left: [
        {
          ...{ from: 'pools.json', at: ['items', 0, 'apiVersion'] },
          ...{ found: '"karpenter.sh/v1beta1"', expected: 'karpenter.sh/v1' },
        },
      ],
    })
  })

  it('lets pods with data go where that is allowed, and pods that say that they may', () => {
    const nodes = [0, 1].map((i) => node(`n${i}`, small))
    const pods = [web(0, 'n0', 300, local), pod(['other', 0], 'n1', 400)]
    const cluster = { nodes, pods, budgets: [] }
    expect(released(cluster, { deletesLocalData: true }).gone).toHaveLength(1)
    const free = {
      ...local,
      annotations: { 'cluster-autoscaler.kubernetes.io/safe-to-evict': 'true' },
    }
    const freed = [web(0, 'n0', 300, free), pod(['other', 0], 'n1', 400, { kind: '' })]
    expect(released({ ...cluster, pods: freed }).gone).toEqual(['n0'])
  })
})
