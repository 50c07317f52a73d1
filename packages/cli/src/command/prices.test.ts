/** Tests `plan --prices`: what a plan costs, on Kubernetes and on Amazon ECS. */
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const plan = (...args: readonly string[]) => run(['plan', ...args], none)
const prices = ['--prices', 'docs/examples/prices.yaml']
const shop = 'docs/examples/shop'

describe('plan --prices', () => {
  it('has the machines in use and all of them, on both platforms', async () => {
    const { out, error, status } = await plan(
      shop,
      '--nodes',
      'm5.large=12',
      '--trunking',
      ...prices,
    )
    expect([error, status]).toEqual(['', 0])
    expect(out).toMatch(/^nodes in use +1.2000 +876.00$/m)
    expect(out).toMatch(/^container instances in use +0.5000 +365.00$/m)
    expect(out).toMatch(/^all container instances +1.2000 +876.00$/m)
  })
  it('has Fargate beside machines', async () => {
    const { out } = await plan(
      `${shop}/ecs`,
      '--nodes',
      'm5.large=4',
      '--trunking',
      '--fargate',
      ...prices,
    )
    expect(out).toMatch(
      /What the plan on Fargate costs:\n+USD +PER HOUR +PER MONTH\nFargate +0.3100 +226.30$/m,
    )
  })
  it('names what has no price, nodes without a type among it', async () => {
    const { out } = await plan('docs/examples/dump.json', '--nodes', 'c6i.large=1', ...prices)
    expect(out).toMatch(/^nodes in use +not known +not known$/m)
    expect(out).toContain(
      'No price is given for c6i.large; node-1, of no known type; node-3, of no',
    )
  })
  it('finds the type of a node by either label', async () => {
    const node = (name: string, labels: object) => ({
      ...{ apiVersion: 'v1', kind: 'Node', metadata: { name, labels } },
      status: { allocatable: { cpu: '2', memory: '4Gi', pods: '1' } },
    })
    const pod = (name: string) => ({
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name } },
      spec: { containers: [{ name: 'main' }] },
    })
    const documents = [
      node('a', { 'node.kubernetes.io/instance-type': 'm5.large' }),
      node('b', { 'beta.kubernetes.io/instance-type': 'm5.large' }),
      ...['x', 'y'].map(pod),
    ]
    const stdin = () => Promise.resolve(documents.map((one) => JSON.stringify(one)).join('\n'))
    const { out } = await run(['plan', '-', ...prices], stdin)
    expect(out).toMatch(/^nodes in use +0.2000 +146.00$/m)
  })
  it('counts the storage of pods on Fargate beyond what is included', async () => {
    const pod = {
      ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } },
      spec: {
        containers: [{ name: 'main', resources: { requests: { 'ephemeral-storage': '100Gi' } } }],
      },
    }
    const list = { currency: 'USD', fargate: { 'linux/x86_64': { perVcpuHour: 0, perGbHour: 0 } } }
    const out = async (more: object): Promise<string> => {
      const texts = [JSON.stringify(pod), JSON.stringify({ ...list, ...more })]
      const [document = '', priced = ''] = texts.map((text, i) => {
        const path = join(mkdtempSync(join(tmpdir(), 'stowage-prices-')), `${i}.json`)
        writeFileSync(path, text)
        return path
      })
      return (await plan(document, '--fargate', '--prices', priced)).out
    }
    expect(await out({})).toContain('No price is given for ephemeral storage')
    // The node of a pod that requests 100 GiB has 115 GiB, of which 20 are included.
    expect(await out({ ephemeralStorage: { perGbHour: 1 } })).toMatch(/^Fargate +95.0000 /m)
  })
  it('says where and when its prices hold, and is in the JSON and the CSV', async () => {
    const args = [
      `${shop}/kubernetes`,
      '--nodes',
      'm5.large=4',
      '--prices',
      'docs/prices/us-east-1.yaml',
    ]
    expect((await plan(...args)).out).toMatch(/^USD US-EAST-1 2026-07-20 +PER HOUR +PER MONTH$/m)
    const { plans } = JSON.parse((await plan(...args, '--output', 'json')).out) as {
      readonly plans: readonly object[]
    }
    expect(plans).toMatchObject([
      { bill: { currency: 'USD', region: 'us-east-1', date: '2026-07-20', perHour: 0.384 } },
    ])
    const csv = (await plan(...args, '--output', 'csv')).out
    expect(csv).toMatch(/^kubernetes,nodes,,,bill,,,,,USD,0.384\r?$/m)
  })
  it('needs prices that can be read', async () => {
    const { error, status } = await plan(shop, '--nodes', 'm5.large=4', '--prices', 'p.json')
    expect(error).toContain('so nothing was planned\n  p.json: found nothing there')
    expect(status).toBe(2)
  })
})
