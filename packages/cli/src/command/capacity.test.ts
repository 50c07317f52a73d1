/**
 * Tests `capacity`: what machines have and use, and how many more replicas of a workload would fit.
 */
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const capacity = (...args: readonly string[]) => run(['capacity', ...args], none)
const nodes = (count: number) => (): Promise<string> => {
  const items = Array.from({ length: count }, (_, i) => ({
    ...{ apiVersion: 'v1', kind: 'Node', metadata: { name: `n${String(i).padStart(3, '0')}` } },
    status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10', 'example.com/fpga': '1' } },
  }))
  return Promise.resolve(JSON.stringify({ apiVersion: 'v1', kind: 'List', items }))
}

describe('capacity', () => {
  it('is of machines with what runs, and needs no workload', async () => {
    const { out, status } = await capacity('docs/examples/dump.json')
    expect(out).toMatch(/^node-1 +1500m\/1930m 78%/m)
    expect(out).toMatch(/^all 3 +3000m\/7780m 39%/m)
    expect(status).toBe(0)
    expect((await capacity('docs/examples/running/instances.json')).out).toMatch(/^all 2 /m)
  })
  it('is of new machines on either platform, without any document', async () => {
    const { out } = await capacity('--nodes', 'm5.large=2')
    expect(out).toContain('Kubernetes: 2 nodes')
    expect(out).toContain('Amazon ECS: 2 container instances')
  })
  it('is sorted by what is asked, the fullest first', async () => {
    const { out } = await capacity('docs/examples/dump.json', '--sort', 'CPU')
    expect(out.match(/^node-\d/gm)).toEqual(['node-1', 'node-3', 'node-2'])
    const { error, status } = await capacity('docs/examples/dump.json', '--sort', 'cpi')
    expect(error).toContain('--sort: found "cpi", expected one of name, cpu')
    expect(status).toBe(2)
  })
  it('sums what is beyond 40 machines', async () => {
    const { out } = await run(['capacity', '-'], nodes(100))
    expect(out).toContain('Kubernetes: 100 nodes; --all-nodes shows each')
    expect(out).toMatch(/^the other 60 .* 0\/60 0%$/m)
    expect(out).toMatch(/^NODE +CPU +MEMORY +PODS +EXAMPLE.COM\/FPGA$/m)
    expect(out).toMatch(/^all 100 .* 0\/100 0%$/m)
    const all = await run(['capacity', '-', '--all-nodes'], nodes(100))
    expect(all.out.split('\n').length).toBe(105)
  })
  it('has every machine and the sums in JSON', async () => {
    const { out } = await capacity('docs/examples/dump.json', '--output', 'json')
    const { capacities } = JSON.parse(out) as { capacities: { nodes: object[]; total: object[] }[] }
    expect(capacities[0]!.nodes.length).toBe(3)
    expect(capacities[0]!.total[0]).toEqual({ resource: 'cpu', unit: 'm', of: 7780, used: 3000 })
  })
  it('needs machines', async () => {
    const { error, status } = await capacity('docs/examples/shop/kubernetes')
    expect(error).toContain('found no nodes and no container instances, expected some among')
    expect(status).toBe(2)
  })
})

describe('capacity --of', () => {
  const shop = ['docs/examples/shop', '--nodes', 'm5.large=4', '--trunking']
  it('counts how many more fit, with the machine of each and what it lacks then', async () => {
    const { out, status } = await capacity(...shop, '--of', 'storefront')
    expect(out).toContain('Kubernetes: 6 more pods of shop/storefront would fit, on 4 of 4 nodes')
    expect(out).toContain('One more: 0 of 4 fit: 4 Insufficient cpu')
    expect(out).toMatch(/^m5.large-1 +2 +Insufficient cpu$/m)
    expect(out).toContain('Amazon ECS: ')
    expect(status).toBe(0)
  })
  it('has status 1 when none fits', async () => {
    const { out, status } = await capacity('docs/examples/dump.json', '--of', 'pod/urgent')
    expect(out).toContain('no more pod of pod/shop/urgent fits on 3 nodes')
    expect(status).toBe(1)
  })
  it('is the same as data', async () => {
    const { out } = await capacity(...shop, '--of', 'storefront', '--output', 'json')
    const { headrooms } = JSON.parse(out) as { headrooms: { nodes: { count: number }[] }[] }
    expect(headrooms[0]).toMatchObject({ name: 'shop/storefront', count: 6, isAll: true })
    expect(headrooms[0]!.nodes.map(({ count }) => count)).toEqual([2, 1, 1, 2])
  })
  it('suggests names, and says what is not counted', async () => {
    const wrong = await capacity(...shop, '--of', 'storefrnt')
    expect(wrong.error).toContain('--of: found "storefrnt", expected the name of a workload, such')
    const fargate = await capacity(...shop, 'docs/examples/shop-on-fargate', '--of', 'storefront')
    expect(fargate.out).toContain('is not counted: a Fargate profile takes its pods')
  })
})
