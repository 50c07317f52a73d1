/** Tests `--namespace`, `--only`, `--summary` and `--all-nodes`: which part of a plan is shown. */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const pod = (name: string, cpu: string, nodeName?: string): object => ({
  ...{ apiVersion: 'v1', kind: 'Pod' },
  metadata: { namespace: name.split('/')[0], name: name.split('/')[1] },
  spec: { nodeName, containers: [{ name: 'c', resources: { requests: { cpu } } }] },
})
const nodes = (count: number): readonly object[] =>
  Array.from({ length: count }, (_, i) => ({
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${String(i).padStart(4, '0')}` } },
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
  }))
const shown = (objects: readonly object[], ...args: readonly string[]) =>
  run(['plan', '-', ...args], () =>
    Promise.resolve(JSON.stringify({ apiVersion: 'v1', kind: 'List', items: objects })),
  )
const few = [
  ...nodes(3),
  ...[pod('a/old', '1', 'n0000'), pod('b/old', '1', 'n0001')],
  ...[pod('a/new', '1'), pod('b/huge', '9')],
]
const heading = 'Kubernetes on 3 nodes: 2 pods run, 1 of 2 pending pods placed\n'

describe('a plan of what runs and of what waits', () => {
  it('counts both, and marks what is new', async () => {
    const { out, status } = await shown(few)
    expect(out).toContain(heading)
    expect(out).toMatch(/^n0002 .* a\/new \(new\)$/m)
    expect(out).toMatch(/^n0000 .* a\/old$/m)
    expect(status).toBe(1)
  })
  it('says when nothing waits', async () => {
    const { out, status } = await shown(few.slice(0, 5))
    expect(out).toContain('Kubernetes on 3 nodes: 2 pods run, none is pending\n')
    expect(status).toBe(0)
  })
})

describe('a selection', () => {
  it('of a namespace is judged by itself', async () => {
    const a = await shown(few, '-n', 'a')
    expect(a.out).toContain('on 3 nodes, namespace a: 1 pod runs, 1 pending pod placed\n')
    expect(a.out).not.toContain('b/')
    expect(a.status).toBe(0)
    expect((await shown(few, '--namespace', 'b')).status).toBe(1)
    const both = await shown(few, '-n', 'a', '-n', 'b')
    expect(both.out).toContain('on 3 nodes, namespaces a, b: 2 pods run')
  })
  it('of a namespace without workloads is bad input', async () => {
    const { error, status } = await shown(few, '-n', 'c')
    expect(error).toBe(
      'stowage: 1 problem in the input, so nothing was planned\n' +
        '  --namespace: found "c", expected a namespace with workloads, such as a, b\n',
    )
    expect(status).toBe(2)
  })
  it.each([
    ['new', ['a/new'], ['b/huge', 'old']],
    ['pending', ['a/new', 'b/huge'], ['old']],
    ['unplaced', ['b/huge'], ['a/new', 'old', 'NODE ']],
  ])('of %s replicas has their rows alone', async (only, there, absent) => {
    const { out, status } = await shown(few, '--only', only)
    expect(out).toContain(heading)
    for (const text of there) expect(out).toContain(text)
    for (const text of absent) expect(out).not.toContain(text)
    expect(status).toBe(1)
  })
  it('of ECS has no namespace', async () => {
    const { error } = await run(
      ['plan', 'docs/examples/shop/ecs', '--nodes', 'm5.large=4', '--trunking', '-n', 'shop'],
      () => Promise.resolve(''),
    )
    expect(error).toContain('expected no namespace: only workloads of Kubernetes have one')
  })
  it('is not for a comparison', async () => {
    const { error, status } = await shown(few, '--compare', '--summary')
    expect(error).toContain('are not for --compare')
    expect(status).toBe(2)
  })
})

describe('many nodes', () => {
  const many = [...nodes(1000), pod('a/old', '1', 'n0000'), pod('a/new', '1')]
  const linesOf = (out: string): number => out.split('\n').length

  it('are summed, all but those that get something', async () => {
    const { out } = await shown(many)
    expect(linesOf(out)).toBe(6)
    expect(out).toMatch(/^n0001 .* a\/new \(new\)$/m)
    expect(out).toMatch(/^the other 999 .* nothing new; --all-nodes shows each$/m)
  })
  it('are summed also when all get something', async () => {
    const daemon = {
      ...{ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { namespace: 'a', name: 'agent' } },
      spec: {
        selector: { matchLabels: { app: 'agent' } },
        template: {
          metadata: { labels: { app: 'agent' } },
          spec: { containers: [{ name: 'c' }] },
        },
      },
    }
    const { out } = await shown([...nodes(1000), daemon])
    expect(linesOf(out)).toBe(45)
    expect(out).toContain('something new on 960 of them')
  })
  it('are all there when asked for, and in JSON', async () => {
    expect(linesOf((await shown(many, '--all-nodes')).out)).toBe(1004)
    const { out } = await shown(many, '--output', 'json', '--only', 'new')
    const { plans } = JSON.parse(out) as {
      plans: { replicas: object; nodes: { holds: object[] }[] }[]
    }
    expect(plans[0]!.replicas).toEqual({ placed: 2, running: 1, unplaced: 0 })
    expect(plans[0]!.nodes.length).toBe(1000)
    expect(plans[0]!.nodes.flatMap(({ holds }) => holds)).toEqual([{ name: 'a/new', count: 1 }])
  })
  it('are one row of a summary', async () => {
    const { out } = await shown([...many, pod('b/huge', '9'), pod('b/vast', '9')], '--summary')
    expect(out).toMatch(/^all 1000 +2000m\/2000 0% .* 2\/10000 0%$/m)
    expect(out).toMatch(/^2 +2 +0 of 1000 fit: 1000 Insufficient cpu$/m)
  })
})
