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

const pools = 'docs/examples/supply/node-pools.yaml'
const groups = ['--groups', 'docs/examples/supply/groups.yaml']

interface MindAnswer {
  readonly as: string
  readonly nodes: readonly {
    readonly nodePool?: string
    readonly group?: string
    readonly type: string
    readonly zone: string
    readonly options?: readonly string[]
    readonly holds: readonly { readonly name: string; readonly count: number }[]
  }[]
  readonly perHour: number
  readonly bound: { readonly perHour: number }
  readonly refusals?: readonly { readonly text: string; readonly pods: readonly string[] }[]
}
const mindsOf = async (...args: readonly string[]) => {
  const { out, error } = await provision(...args, ...prices, '--output', 'json')
  expect(error).toBe('')
  return JSON.parse(out) as {
    readonly provisions: readonly MindAnswer[]
    readonly notes: readonly string[]
  }
}
const textsFor =
  (texts: Readonly<Record<string, string>>) =>
  (...args: readonly string[]) =>
    run(['provision', ...args, ...prices], () => Promise.resolve(texts['-'] ?? ''))

describe('provision --as', () => {
  it('opens nodes of a NodePool as Karpenter does, in the zones of its class', async () => {
    const { provisions, notes } = await mindsOf(
      shop,
      pools,
      '--types',
      'c4,c5,c6i,m5,r5',
      '--as',
      'karpenter',
    )
    const { as, nodes, perHour, bound } = provisions[0]!
    expect([as, notes]).toEqual(['karpenter', []])
    for (const { nodePool, zone, type, options } of nodes) {
      expect(nodePool).toBe('general')
      expect(['us-east-1a', 'us-east-1b']).toContain(zone)
      expect(options![0]).toBe(type)
      // Generations above the fourth of the categories c and m, with eight CPUs at most.
      for (const option of options!) expect(option).toMatch(/^[cm][5-9]/)
    }
    expect(bound.perHour).toBeLessThanOrEqual(perHour)
  })
  it('opens nodes of groups as the Cluster Autoscaler does, up to their maximum', async () => {
    const { provisions } = await mindsOf(shop, ...groups, '--as', 'cluster-autoscaler')
    const names = provisions[0]!.nodes.map(({ group }) => group)
    expect(new Set(names)).toEqual(new Set(['web-a']))
    const { provisions: large } = await mindsOf(
      ...[shop, ...groups, '--as', 'cluster-autoscaler', '--expander', 'least-nodes'],
    )
    expect(large[0]!.nodes.map(({ group }) => group)).toEqual(['large'])
  })
  it('splits new nodes over similar groups where it is told to', async () => {
    const { provisions } = await mindsOf(
      ...[shop, ...groups, '--as', 'cluster-autoscaler', '--balance-similar-node-groups'],
    )
    const names = provisions[0]!.nodes.map(({ group }) => group)
    expect(new Set(names)).toEqual(new Set(['web-a', 'web-b']))
  })
  it('lays all three side by side, of which the best is no dearer than the others', async () => {
    const { provisions } = await mindsOf(shop, pools, '--as', 'all', '--types', 'm5,c6i')
    expect(provisions.map(({ as }) => as)).toEqual(['karpenter', 'cluster-autoscaler', 'best'])
    const [karpenter, autoscaler, best] = provisions.map(({ perHour }) => perHour)
    expect(best).toBeLessThanOrEqual(Math.min(karpenter!, autoscaler!))
    const { out } = await provision(shop, pools, '--as', 'all', '--types', 'm5,c6i', ...prices)
    expect(out).toContain('AS ')
    expect(out).toContain('one of each type in each zone of a NodePool is assumed')
  })
  it('says what is assumed where no NodePool is written', async () => {
    const { notes } = await mindsOf(shop, '--types', 'm5', '--as', 'karpenter')
    expect(notes.join()).toContain('no NodePool is among the files')
  })
  it('says in the words of each mind why pods have no place', async () => {
    const few = [shop, '--types', 't3.micro', '--as', 'karpenter,cluster-autoscaler']
    const { provisions } = await mindsOf(...few)
    const [karpenter, autoscaler] = provisions.map(({ refusals }) => refusals![0]!.text)
    expect(karpenter).toContain('no instance type')
    expect(autoscaler).toBe('no node group takes the pod')
  })
  it.each<[string, string, readonly string[], string]>([
    [
      'a group whose minimum is above its maximum',
      'groups: [{ name: a, types: [m5.large], min: 3, max: 2 }]',
      ['--groups', '-', '--as', 'cluster-autoscaler'],
      'found a minimum of 3, expected at most the maximum, which is 2',
    ],
    [
      'a group of an unknown type',
      'groups: [{ name: a, types: [m5.larg], min: 0, max: 2 }]',
      ['--groups', '-', '--as', 'cluster-autoscaler'],
      'm5.large',
    ],
    ['two groups of one name', twoGroups(), ['--groups', '-'], 'every node group once'],
    ['no groups', 'nodes: 3', ['--groups', '-'], 'expected node groups: a list under groups'],
  ])('says what is wrong with %s', async (_, text, args, expected) => {
    const { out, error } = await textsFor({ '-': text })(shop, ...args)
    expect(`${out}${error}`).toContain(expected)
  })
  it('names requirements of a NodePool that contradict each other', async () => {
    const requirements = `
        - { key: karpenter.k8s.aws/instance-cpu, operator: Gt, values: ['8'] }
        - { key: karpenter.k8s.aws/instance-cpu, operator: Lt, values: ['4'] }`
    const text = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: none }
spec:
  template:
    spec:
      requirements:${requirements}
`
    const { out, error } = await textsFor({ '-': text })(shop, '-', '--as', 'karpenter')
    expect(`${out}${error}`).toContain(
      'found karpenter.k8s.aws/instance-cpu Exists <=3 beside karpenter.k8s.aws/instance-cpu Exists >=9',
    )
  })
  it('says which limit is passed already, and offers no type without room', async () => {
    const text = `
apiVersion: karpenter.sh/v1
kind: NodePool
metadata: { name: small }
spec:
  limits: { cpu: 2 }
  template:
    spec:
      nodeClassRef: { group: karpenter.k8s.aws, kind: EC2NodeClass, name: greedy }
      requirements: [{ key: karpenter.sh/capacity-type, operator: In, values: [on-demand] }]
---
apiVersion: karpenter.k8s.aws/v1
kind: EC2NodeClass
metadata: { name: greedy }
spec: { kubelet: { kubeReserved: { memory: 20Gi } } }
---
apiVersion: v1
kind: Node
metadata:
  name: there
  labels: { karpenter.sh/nodepool: small, karpenter.sh/initialized: 'true' }
status: { capacity: { cpu: '4' }, allocatable: { cpu: 100m, memory: 1Gi, pods: '10' } }
`
    const { out } = await textsFor({ '-': text })(shop, '-', '--types', 'm5', '--as', 'karpenter')
    expect(out).toContain('NodePool small: its limit of cpu is passed already, by 2')
    expect(out).toContain(
      'its kubelet leaves no CPU, no memory or no pods of 2 types, such as m5.large',
    )
    expect(out).toContain('all available instance types exceed limits for nodepool')
  })
  it('draws the machines to open, a block each', async () => {
    const some = [shop, '--types', 'm5,c6i', ...prices, '--html', 'page.html']
    const { files = [] } = await provision(...some)
    expect(files.map(({ path }) => path)).toEqual(['page.html'])
    expect(files[0]!.text).toContain('Kubernetes, best: 2 nodes to open')
    expect(files[0]!.text).toContain('m5.xlarge-1 in us-east-1a')
  })
  it('refuses a mind that nobody knows', async () => {
    const { error } = await provision(shop, ...prices, '--as', 'karpentre')
    expect(error).toContain('expected karpenter, cluster-autoscaler, best or all')
  })
})

const deployment = (replicas: number, requests: string) => `
apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  replicas: ${replicas}
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec: { containers: [{ name: main, image: i, resources: { requests: ${requests} } }] }
---
`
const daemonSet = (requests: string) =>
  deployment(0, requests)
    .replace('kind: Deployment', 'kind: DaemonSet')
    .replace('  replicas: 0\n', '')
    .replaceAll('web', 'logs')
const quota = (hard: string) =>
  `{ apiVersion: v1, kind: ResourceQuota, metadata: { name: q }, spec: { hard: ${hard} } }\n`
const eachMind = ['best', 'karpenter', 'cluster-autoscaler'] as const

describe('provision for pods that a quota refuses', () => {
  it.each(eachMind)('says that no machine helps them, as %s', async (mind) => {
    const text = deployment(3, '{ cpu: 200m }') + quota('{ limits.memory: 1Gi }')
    const { out, status } = await textsFor({ '-': text })('-', '--types', 'm5', '--as', mind)
    expect(out).toContain('nothing to open\n')
    expect(out).not.toContain('has a place')
    expect(out).toContain('default/web: no scheduler looks at 3 pods: FailedCreate: pods "web-"')
    expect(status).toBe(1)
  })
  it('opens machines for the others, as plan places them, and has the same rows as data', async () => {
    const text = deployment(3, '{ cpu: 200m }') + quota('{ pods: 2 }')
    const some = ['-', '--output', 'json'] as const
    const { out, status } = await textsFor({ '-': text })(...some, '--types', 'm5')
    const planned = await run(['plan', ...some, '--nodes', 'm5.large'], () => Promise.resolve(text))
    const { provisions } = JSON.parse(out) as {
      readonly provisions: readonly {
        readonly nodes: readonly { readonly holds: object }[]
        readonly held: readonly object[]
      }[]
    }
    const { plans } = JSON.parse(planned.out) as {
      readonly plans: readonly { readonly held: readonly object[] }[]
    }
    expect(provisions[0]!.nodes.map(({ holds }) => holds)).toEqual([
      [{ name: 'default/web', count: 2 }],
    ])
    expect(provisions[0]!.held).toHaveLength(1)
    expect(provisions[0]!.held).toEqual(plans[0]!.held)
    expect([status, planned.status]).toEqual([1, 1])
  })
})

describe('provision beside a DaemonSet', () => {
  const web = deployment(1, '{ cpu: 400m, memory: 384Mi }')
  it.each(eachMind)('opens no machine that is too small for it, as %s', async (mind) => {
    const text = web + daemonSet('{ cpu: 500m, memory: 900Mi }')
    const ask = textsFor({ '-': text })
    const { out, status } = await ask('-', '--types', 't3', '--as', mind)
    expect([out.includes('t3.small'), status]).toEqual([true, 0])
    const plan = await run(['plan', '-', '--nodes', 't3.small'], () => Promise.resolve(text))
    expect(plan.status).toBe(0)
    const { out: none } = await ask('-', '--types', 't3.micro', '--as', mind)
    expect(none).toContain('no machine that is offered helps')
  })
  it('opens none that is too small for it for pods without requests either', async () => {
    const text = deployment(1, '{}') + daemonSet('{ cpu: 500m, memory: 900Mi }')
    const { out, status } = await textsFor({ '-': text })('-', '--types', 't3')
    expect([out.includes('t3.small'), out.includes('t3.micro'), status]).toEqual([true, false, 0])
  })
  it.each(eachMind)('counts its pods, whatever a quota leaves for offers, as %s', async (mind) => {
    const text = web + daemonSet('{ cpu: 50m, memory: 64Mi }') + quota('{ pods: 5 }')
    const { out } = await textsFor({ '-': text })('-', '--types', 't3', '--as', mind)
    expect(out).toContain('450m/1930m')
  })
})

describe('the nearest offer of provision', () => {
  it('is that which lacks the smallest share', async () => {
    const text = deployment(1, "{ cpu: '2000' }")
    const { out } = await textsFor({ '-': text })('-', '--types', 'm5.large,m5.24xlarge,m5.xlarge')
    expect(out).toContain('nearest is m5.24xlarge in us-east-1a: Insufficient cpu')
  })
})

function twoGroups(): string {
  const group = '{ name: a, types: [m5.large], min: 0, max: 2 }'
  return `groups: [${group}, ${group}]`
}
