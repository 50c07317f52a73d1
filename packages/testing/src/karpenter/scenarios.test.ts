/**
 * Tests our provisioning and consolidation against recorded answers of Karpenter. One scenario for
 * each rule is in the repository. Random scenarios are read from `golden/karpenter` in the folder
 * that the environment variable `STOWAGE_SHARED` names, if they are there.
 */
import { existsSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { karpenterScenarios } from './scenarios.js'
import type { KarpenterAnswer } from './line.js'

interface Line {
  readonly id: string
}

const linesOf = <Value extends Line>(folder: string, name: string): readonly Value[] =>
  gunzipSync(readFileSync(resolve(folder, `${name}.jsonl.gz`)))
    .toString()
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Value)

const own = resolve('test/golden/karpenter')
const rules = linesOf<Line>(own, 'rules.scenarios')
const answers = linesOf<KarpenterAnswer>(own, 'rules.answers')

describe('each rule', () => {
  it.each(rules.map((rule) => [rule.id, rule] as const))('%s', (id, rule) => {
    expect(karpenterScenarios.faults(rule)).toEqual([])
    const recorded = answers.filter((one) => one.id === id)
    const report = karpenterScenarios.compare([rule], recorded)
    expect(report.differences).toEqual([])
    expect(report.compared).toBe(1)
  })
})

/** A value without the fields of a name, wherever they are. */
const without = (value: unknown, name: string): unknown => {
  if (Array.isArray(value)) return value.map((item) => without(item, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== name)
      .map(([key, inner]: [string, unknown]) => [key, without(inner, name)]),
  )
}

describe('an answer that does not look at a field', () => {
  it.each([
    ...['weight', 'limits', 'minValues', 'minValuesPolicy', 'preferencePolicy', 'available'],
    ...['spotToSpotConsolidation', 'volumeLimits', 'overhead', 'nodePools', 'daemonSets'],
    ...['taints', 'tolerations', 'nodeSelector', 'affinity', 'nodeAffinity', 'podAffinity'],
    ...['podAntiAffinity', 'topologySpreadConstraints', 'minDomains', 'nodeTaintsPolicy'],
    ...['nodeAffinityPolicy', 'matchLabelKeys', 'namespaceSelector', 'ports', 'hostIP', 'volumes'],
    ...['uninitialized', 'initContainers', 'restartPolicy', 'creationTimestamp', 'annotations'],
    ...['ownerReferences', 'priority', 'phase', 'startTime', 'podDisruptionBudgets', 'budgets'],
    ...['reasons', 'schedule', 'duration', 'consolidationPolicy', 'consolidateAfter', 'nodeName'],
    ...['unhealthyPodEvictionPolicy', 'disruptionsAllowed', 'maxUnavailable', 'allowedTopologies'],
    ...['volumeBindingMode', 'nominatedNodeName', 'labelSelector', 'labels', 'requirements'],
    ...['preferredDuringSchedulingIgnoredDuringExecution', 'awsElasticBlockStore', 'matchFields'],
  ])('%s is refuted', (name) => {
    const blind = rules
      .map((rule) => without(rule, name) as Line)
      .map((rule) => ({ ...rule, settings: {}, nodePools: [], ...(rule as object) }))
      .filter((rule) => karpenterScenarios.faults(rule).length === 0)
    const recorded = answers.filter(({ id }) => blind.some((rule) => rule.id === id))
    const { differences } = karpenterScenarios.compare(blind, recorded)
    expect(differences.length).toBeGreaterThan(0)
  })
})

const shared = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'golden/karpenter')

describe.skipIf(!existsSync(shared))(
  `random scenarios (skipped without ${shared}: set STOWAGE_SHARED)`,
  () => {
    it.each([
      ['small', 300],
      ['large', 20],
    ])(
      'agree in all of %s',
      (name, count) => {
        const scenarios = linesOf<Line>(shared, `${name}.scenarios`)
        const recorded = linesOf<KarpenterAnswer>(shared, `${name}.answers`)
        expect(scenarios.flatMap(karpenterScenarios.faults)).toEqual([])
        const report = karpenterScenarios.compare(scenarios, recorded)
        expect(report.differences).toEqual([])
        expect(report.compared).toBe(count)
      },
      120_000,
    )
  },
)

describe('bad input', () => {
  const type = { name: 'small', capacity: { cpu: '2', pods: '9' }, offerings: [] }
  const offering = { zone: 'a', capacityType: 'spot', price: 1 }
  const scenario = { id: 'a', instanceTypes: [type], nodePools: [], pods: [] }
  const pod = { metadata: { name: 'p' }, spec: { containers: [{ name: 'c' }] } }
  const pool = (requirement: object) => ({
    metadata: { name: 'main' },
    spec: { template: { spec: { requirements: [requirement] } } },
  })
  it.each<readonly [string, object, string]>([
    ['no list of pods', { pods: undefined }, 'pods'],
    ['a field of another name', { nodepools: [] }, 'nodepools'],
    [
      'a negative price',
      { instanceTypes: [{ ...type, offerings: [{ ...offering, price: -1 }] }] },
      'instanceTypes.0.offerings.0.price',
    ],
    [
      'a capacity type that nobody sells',
      { instanceTypes: [{ ...type, offerings: [{ ...offering, capacityType: 'free' }] }] },
      'instanceTypes.0.offerings.0.capacityType',
    ],
    [
      'an amount that is none',
      { instanceTypes: [{ ...type, capacity: { cpu: 'two' } }] },
      'instanceTypes.0.capacity.cpu',
    ],
    [
      'an operator that is none',
      { nodePools: [pool({ key: 'size', operator: 'Over', values: ['1'] })] },
      'nodePools.0.spec.template.spec.requirements.0.operator',
    ],
    [
      'a bound that is no whole number',
      { nodePools: [pool({ key: 'size', operator: 'Gt', values: ['1.5'] })] },
      'nodePools.0.spec.template.spec.requirements.0',
    ],
    [
      'two bounds in one requirement',
      { nodePools: [pool({ key: 'size', operator: 'Lt', values: ['1', '2'] })] },
      'nodePools.0.spec.template.spec.requirements.0',
    ],
    [
      'fewer values than minValues',
      { nodePools: [pool({ key: 'size', operator: 'In', values: ['1'], minValues: 2 })] },
      'nodePools.0.spec.template.spec.requirements.0',
    ],
    [
      'a node of no type',
      { nodes: [{ name: 'n', instanceType: 'none', zone: 'a', capacityType: 'spot' }] },
      'nodes.0.instanceType',
    ],
    [
      'a pod on no node',
      { pods: [{ ...pod, spec: { ...pod.spec, nodeName: 'n' } }] },
      'pods.0.spec.nodeName',
    ],
    ['a pod twice', { pods: [pod, pod] }, 'pods.1'],
    ['an instance type twice', { instanceTypes: [type, type] }, 'instanceTypes.1'],
    ['an object of another kind', { objects: [{ kind: 'Service' }] }, 'objects.0.kind'],
    ['a claim without a name', { objects: [{ kind: 'PersistentVolumeClaim' }] }, 'objects.0'],
    ['a policy that is none', { settings: { preferencePolicy: 'Maybe' } }, 'settings'],
  ])('%s is named', (_, change, at) => {
    const [fault] = karpenterScenarios.faults({ ...scenario, ...change })
    expect(fault?.at.join('.')).toMatch(new RegExp(`^${at.replaceAll('.', '\\.')}`))
    expect(fault?.expected).not.toBe('')
  })
  it('of no kind at all is named', () => {
    for (const value of [null, 3, 'text', [], {}])
      expect(karpenterScenarios.faults(value).length).toBeGreaterThan(0)
  })
  it('is nothing to answer', () => {
    expect(() => karpenterScenarios.answer({ id: 'a' })).toThrow()
  })
})

interface Lists extends Line {
  readonly pods: readonly { readonly metadata: object }[]
  readonly nodes?: readonly unknown[]
  readonly nodePools: readonly unknown[]
  readonly objects?: readonly unknown[]
  readonly podDisruptionBudgets?: readonly unknown[]
}

/** The scenario with its lists the other way round; DaemonSets and types have an order. */
const reversed = (rule: Lists): Lists => ({
  ...rule,
  pods: [...rule.pods].reverse(),
  nodePools: [...rule.nodePools].reverse(),
  nodes: [...(rule.nodes ?? [])].reverse(),
  objects: [...(rule.objects ?? [])].reverse(),
  podDisruptionBudgets: [...(rule.podDisruptionBudgets ?? [])].reverse(),
})

/** Pods without a uid get it of their position, so that this is done first. */
const withUids = (rule: Lists): Lists => ({
  ...rule,
  pods: rule.pods.map(({ metadata, ...pod }, at) => ({
    ...pod,
    metadata: { uid: `pod-${String(at).padStart(6, '0')}`, ...metadata },
  })),
})

describe('the order of a list', () => {
  const all = rules as readonly Lists[]
  const changed = (change: (rule: Lists) => Lists): readonly Lists[] =>
    all.filter((rule) => {
      const [one, other] = [rule, change(rule)].map((each) => {
        const { ignored, ...answer } = karpenterScenarios.answer(each)
        return { ...answer, ignored: [...(ignored ?? [])].sort() }
      })
      return JSON.stringify(one) !== JSON.stringify(other)
    })
  it('changes no answer', () => {
    expect(changed((rule) => reversed(withUids(rule))).map(({ id }) => id)).toEqual([])
  })
  it('changes one where it decides about the uids', () => {
    expect(changed(reversed).length).toBeGreaterThan(0)
  })
})

describe('a node claim', () => {
  it.each(rules.map((rule) => [rule.id, rule as Lists] as const))(
    'of %s has pods that are in no other one, and a price that is one of its types',
    (_, rule) => {
      const { nodeClaims, existing = {}, errors = {}, cost } = karpenterScenarios.answer(rule)
      const pods = [
        ...nodeClaims.flatMap((claim) => claim.pods),
        ...Object.values(existing).flat(),
        ...Object.keys(errors),
      ]
      expect(new Set(pods).size).toBe(pods.length)
      expect(nodeClaims.reduce((sum, { price }) => sum + price, 0)).toBe(cost)
      for (const { launch, instanceTypes } of nodeClaims)
        expect(launch === '' || instanceTypes.includes(launch.split('/')[0]!)).toBe(true)
    },
  )
})

interface BoundPod {
  readonly metadata: { readonly ownerReferences?: readonly unknown[] }
  readonly spec: { readonly nodeName?: string }
}

/** The scenario after nodes went: their pods wait, without those that nodes make themselves. */
const afterwards = (rule: Lists, gone: readonly string[]): Lists => {
  const pods = withUids(rule).pods as readonly (Lists['pods'][number] & BoundPod)[]
  const waiting = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]
  return {
    ...rule,
    nodes: (rule.nodes ?? []).filter((node) => !gone.includes((node as { name: string }).name)),
    pods: pods.flatMap((pod) => {
      if (!gone.includes(pod.spec.nodeName ?? '')) return [pod]
      if ((pod.metadata.ownerReferences ?? []).length > 0) return []
      const { nodeName: _, ...spec } = pod.spec
      return [{ ...pod, spec, status: { phase: 'Pending', conditions: waiting } }]
    }),
  }
}

describe('consolidation', () => {
  // A budget that never allows an eviction keeps its pods, so that nothing is planned for them.
  const commands = (rules as readonly Lists[])
    .filter(({ id }) => id !== 'single-pdb-blocks-for-good')
    .flatMap((rule) => {
      const { multi = [], single = [] } = karpenterScenarios.answer(rule).disruption ?? {}
      return [...multi, ...single].map((command) => ({ rule, command }))
    })
  /** The commands after which a pod has no place, or more nodes are launched than were said. */
  const broken = (goneOf: (rule: Lists, nodes: readonly string[]) => readonly string[]) =>
    commands.filter(({ rule, command }) => {
      const after = afterwards(rule, goneOf(rule, command.nodes))
      const before = karpenterScenarios.answer(rule)
      const { nodeClaims, errors = {} } = karpenterScenarios.answer(after)
      const refused = Object.keys(errors).filter((pod) => before.errors?.[pod] === undefined)
      return refused.length > 0 || nodeClaims.length > (command.replacements ?? []).length
    })
  it('unplaces no pod, and launches what it says', () => {
    expect(commands.length).toBeGreaterThan(20)
    expect(broken((_, nodes) => nodes).map(({ rule }) => rule.id)).toEqual([])
  })
  it('would, if other nodes went as well', () => {
    const all = ({ nodes = [] }: Lists) => nodes.map((node) => (node as { name: string }).name)
    expect(broken(all).length).toBeGreaterThan(0)
  })
  it('lets no more nodes go than the budgets of one pool allow', () => {
    const few = (rules as readonly Lists[]).map((rule) => ({
      ...rule,
      nodePools: rule.nodePools.map((pool) => {
        const { spec, ...rest } = pool as { readonly spec: object }
        return { ...rest, spec: { ...spec, disruption: { budgets: [{ nodes: '1' }] } } }
      }),
    }))
    const most = few.flatMap((rule) =>
      Object.values(karpenterScenarios.answer(rule).disruption ?? {})
        .flat()
        .map(({ nodes }) => nodes.length),
    )
    expect(new Set(most)).toEqual(new Set([1]))
  })
})

it('launches where the volume of a bound claim is', () => {
  const rule = rules.find(({ id }) => id === 'claim-zone') as Lists
  const zone = { key: 'topology.kubernetes.io/zone', operator: 'In', values: ['zone-b'] }
  const objects = [
    {
      kind: 'PersistentVolumeClaim',
      metadata: { name: 'c', annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
      spec: { volumeName: 'v' },
    },
    {
      kind: 'PersistentVolume',
      metadata: { name: 'v' },
      spec: {
        csi: { driver: 'csi.x', volumeHandle: 'h' },
        nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [zone] }] } },
      },
    },
  ]
  const [claim] = karpenterScenarios.answer({ ...rule, objects } as Lists).nodeClaims
  expect(claim!.launch).toBe('small/zone-b/on-demand')
})

it('names scenarios without an answer, and answers without a scenario', () => {
  const [first, second] = rules
  const recorded = answers.filter(({ id }) => id === second!.id)
  const report = karpenterScenarios.compare([first!], recorded)
  expect(report).toMatchObject({ compared: 0, unanswered: [first!.id], strays: [second!.id] })
})
