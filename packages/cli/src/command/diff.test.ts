/** Tests `diff`: two inputs, or one input and a change of it. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const diff = (...args: readonly string[]) => run(['diff', ...args], none)
const dump = 'docs/examples/dump.json'
const shop = 'docs/examples/shop/kubernetes'
const texts =
  (...documents: readonly object[]) =>
  (): Promise<string> =>
    Promise.resolve(documents.map((one) => JSON.stringify(one)).join('\n'))

describe('two inputs', () => {
  it('that are the same differ in nothing', async () => {
    const { out, error, status } = await diff(shop, shop, '--nodes', 'm5.large=4')
    expect(error).toBe('')
    expect(out).toContain('Nothing differs.')
    expect(status).toBe(0)
  })
  it('differ in workloads and in what nodes hold', async () => {
    const { out, status } = await diff(`${shop}/storefront.yaml`, shop, '--nodes', 'm5.large=4')
    expect(out).toMatch(/^Kubernetes: 4 nodes before and after; 3 of 3 pods placed before, /)
    expect(out).toMatch(/^shop\/cart +- +\d/m)
    expect(status).toBe(0)
  })
  it('are refused with the faults of both', async () => {
    const wrong = texts({ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' }, spec: 1 })
    const both = await run(['diff', '-', 'docs/examples/prices.yaml'], wrong)
    expect(both.error).toMatch(/2 problems in .*\n  standard input: .*\n  docs\/examples\/prices/)
    const without = await diff(shop, shop)
    expect(without.error).toMatch(/^stowage: 1 problem in the input, so nothing was compared\n/)
  })
  it('have status 1 when something new has no place', async () => {
    const { out, status } = await diff(`${shop}/storefront.yaml`, shop, '--nodes', 'm5.large=1')
    expect(out).toContain('WHY NOT')
    expect(status).toBe(1)
  })
})

/** A node, and a Deployment of two pods that run, as a cluster stores them. */
const running = (): readonly object[] => {
  const owned = (kind: string, name: string) => ({
    ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }],
  })
  const labels = { app: 'web', 'pod-template-hash': 'h' }
  const spec = { replicas: 2, ...webSpec('500m') }
  const { template } = spec
  const ofSet = { ...template, metadata: { labels } }
  return [
    {
      ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: 'n' } },
      status: { allocatable: { cpu: '2', memory: '8Gi', pods: '20' } },
    },
    { ...web, metadata: { name: 'web', uid: 'web' }, spec },
    {
      ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
      metadata: { name: 'web-h', uid: 'web-h', labels, ...owned('Deployment', 'web') },
      spec: { replicas: 2, selector: { matchLabels: labels }, template: ofSet },
    },
    ...['a', 'b'].map((id) => ({
      ...{ apiVersion: 'v1', kind: 'Pod' },
      metadata: { name: `web-h-${id}`, uid: id, labels, ...owned('ReplicaSet', 'web-h') },
      spec: { ...template.spec, nodeName: 'n' },
      status: { phase: 'Running' },
    })),
  ]
}
const web = { apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } }
const webSpec = (cpu: string) => ({
  selector: { matchLabels: { app: 'web' } },
  template: {
    metadata: { labels: { app: 'web' } },
    spec: { containers: [{ name: 'main', image: 'web', resources: { requests: { cpu } } }] },
  },
})
const webFile = (cpu: string): string => {
  const path = join(mkdtempSync(join(tmpdir(), 'stowage-')), 'web.json')
  writeFileSync(path, JSON.stringify({ ...web, spec: webSpec(cpu) }))
  return path
}

describe('a change of a template', () => {
  const changed = (cpu: string, ...more: readonly string[]) =>
    run(['diff', '-', '--change', webFile(cpu), ...more], texts(...running()))
  it('plays its rollout, which is stuck where a new pod has no place', async () => {
    const { out, status } = await changed('3')
    expect(out).toMatch(/^default\/web +2 +2 of 3 +0 of 1 fit: 1 Insufficient cpu$/m)
    expect(status).toBe(1)
    expect((await changed('600m')).status).toBe(0)
  })
  it('leaves the old pods where they are with --no-rollouts', async () => {
    const { out, status } = await changed('3', '--no-rollouts')
    expect(out).toMatch(/Nothing differs.[^]*runs pods of an older template/)
    expect(status).toBe(0)
  })
})

describe('a pull request beside a dump', () => {
  const plan = (cpu: string, ...more: readonly string[]) =>
    run(['plan', '-', webFile(cpu), ...more], texts(...running()))
  it('is one Deployment, and its note does not count under --strict', async () => {
    const same = await plan('500m', '--strict')
    expect(same.out).toMatch(
      /^Kubernetes on 1 node: 2 pods run, none is pending\n[^]*kubectl apply/,
    )
    expect([same.status, same.error]).toEqual([0, ''])
  })
  it('says first that its rollout will find no place, and has status 1 then', async () => {
    const { out, status } = await plan('3')
    expect(out).toMatch(
      /^A rollout that waits gets stuck: no place for 1 new pod; --rollouts shows it\n/,
    )
    expect(status).toBe(1)
    expect((await plan('600m')).status).toBe(0)
  })
  it('has status 1 when its rollout finds no place, and 0 when it does', async () => {
    expect((await plan('3', '--rollouts')).status).toBe(1)
    expect((await plan('600m', '--rollouts')).status).toBe(0)
  })
})

describe('one input', () => {
  it('loses a node: its pods move, or find no place', async () => {
    const { out, status } = await diff(dump, '--without-node', 'node-1')
    expect(out).toMatch(/^node-1 +leaves /m)
    expect(status).toBe(1)
    const more = await diff(dump, '--without-node', 'node-1', '--add-nodes', 'm5.large=2')
    expect(more.out).toMatch(/^m5.large-1 +joins /m)
    expect(more.out).toMatch(/1 from node-1 to m5.large-/)
    expect(more.status).toBe(0)
  })
  it('has machines of the same names with more beside them', async () => {
    const { out } = await diff(shop, '--nodes', 'm5.large=9', '--add-nodes', 'm5.large=1')
    expect(out).toMatch(/^m5.large-10 +joins /m)
    expect(out).not.toContain('leaves')
  })
  it('is changed, and says what is replaced and added', async () => {
    const change = texts(
      {
        ...{ apiVersion: 'apps/v1', kind: 'Deployment' },
        metadata: { name: 'storefront', namespace: 'shop' },
        spec: {
          replicas: 1,
          selector: { matchLabels: { app: 'storefront' } },
          template: {
            metadata: { labels: { app: 'storefront' } },
            spec: { containers: [{ name: 'main', resources: { requests: { cpu: '9' } } }] },
          },
        },
      },
      {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'extra' },
        spec: { containers: [{ name: 'main' }] },
      },
    )
    const args = ['diff', shop, '--nodes', 'm5.large=4', '--change', '-']
    const { out, status } = await run(args, change)
    expect(out).toMatch(
      /^The change replaces Deployment shop\/storefront\nThe change adds Pod extra$/m,
    )
    expect(out).toMatch(/^shop\/storefront +3 +0 of 1 .*0 of 4 fit: 4 Insufficient cpu$/m)
    expect(status).toBe(1)
  })
  it('costs more or less with prices', async () => {
    const prices = ['--prices', 'docs/examples/prices.yaml']
    const { out } = await diff(
      shop,
      '--nodes',
      'm5.large=4',
      '--add-nodes',
      'm5.large=1',
      ...prices,
    )
    expect(out).toMatch(/^nodes in use, per hour +0.4000 +0.5000 +\+0.1000$/m)
  })
})

describe('very many', () => {
  const nodes = Array.from({ length: 60 }, (_, i) => ({
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${100 + i}` } },
    status: { allocatable: { cpu: '1', memory: '4Gi', pods: '1' } },
  }))
  const pods = (spec: object) =>
    Array.from({ length: 60 }, (_, i) => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: `p${100 + i}` } },
      spec: { containers: [{ name: 'main' }], ...spec },
    }))
  const stdin = texts(...nodes, ...pods({ nodeSelector: { disk: 'ssd' } }))
  it('have rows for some, unless all are asked for', async () => {
    const path = join(mkdtempSync(join(tmpdir(), 'stowage-diff-')), 'change.json')
    writeFileSync(path, JSON.stringify(pods({})))
    const args = ['diff', '-', '--change', path]
    const { out, status } = await run(args, stdin)
    expect(status).toBe(0)
    expect(out.match(/^20 more differ; --all-nodes shows each$/gm)?.length).toBe(2)
    expect(out.split('\n').length).toBeLessThan(140)
    const all = await run([...args, '--all-nodes'], stdin)
    expect(all.out.split('\n').length).toBeGreaterThan(180)
  })
})

describe('a change', () => {
  const task = { family: 'web', containerDefinitions: [{ name: 'main', cpu: 64, memory: 64 }] }
  const service = { serviceName: 'web', taskDefinition: 'web', desiredCount: 2 }
  it('of Amazon ECS replaces a service', async () => {
    const path = 'docs/examples/shop/ecs/cart.service.json'
    const cart = JSON.parse(readFileSync(path, 'utf8')) as object
    const stdin = texts({ ...cart, desiredCount: 5 })
    const args = ['docs/examples/shop/ecs', '--nodes', 'm5.large=4', '--trunking']
    const { out, error } = await run(['diff', ...args, '--change', '-', '--output', 'json'], stdin)
    expect(error).toBe('')
    expect(JSON.parse(out)).toMatchObject({
      change: { replaced: [{ title: 'service cart', after: 'standard input' }], added: [] },
      differences: [{ before: { replicas: { placed: 21 } }, after: { replicas: { placed: 24 } } }],
    })
  })
  it('adds what is new', async () => {
    const args = ['docs/examples/shop/ecs', '--nodes', 'm5.large=4', '--trunking', '--change', '-']
    const { out, status } = await run(['diff', ...args], texts(task, service))
    expect(out).toContain('The change adds task definition web, service web')
    expect(status).toBe(0)
  })
})

describe('bad input', () => {
  it.each<readonly [string, readonly string[], string]>([
    ['one path', [dump], 'name two files or folders, or one input with --change'],
    ['three paths', [dump, dump, dump], 'name two files or folders, or one input with --change'],
    ['standard input twice', ['-', '-'], 'standard input is one of the inputs'],
    ['a missing file', [dump, '--change', 'nowhere.yaml'], 'nowhere.yaml: found nothing there'],
    [
      'an unknown type',
      [dump, '--add-nodes', 'm5.lorge=1'],
      '--add-nodes: found "m5.lorge", expected an instance type that is known, such as m5.large',
    ],
    ['an unknown node', [dump, '--without-node', 'node-9'], '--without-node: found "node-9"'],
    [
      'a change that is none',
      [dump, '--change', 'docs/examples/prices.yaml'],
      'docs/examples/prices.yaml: found an object, expected an object of Kubernetes or Amazon ECS',
    ],
    [
      'a change twice',
      [dump, '--change', `${shop}/storefront.yaml`, '--change', 'docs/examples/shop'],
      'found',
    ],
  ])('%s', async (_, args, message) => {
    const { error, out, status } = await diff(...args)
    expect({ out, status }).toEqual({ out: '', status: 2 })
    expect(error).toContain(message)
  })
})
