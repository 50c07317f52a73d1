/**
 * Tests `plan`, `explain` and `conform` from the command line to the printed text and the exit
 * status, with the example shop and with standard input.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished } from 'vitest'
import { run } from './program.js'

const none = (): Promise<string> => Promise.resolve('')
const shop = 'docs/examples/shop'

const pod = (name: string, cpu: string, more: object = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'c', resources: { requests: { cpu } } }], ...more },
})
const node = (name: string, labels: Readonly<Record<string, string>> = {}): unknown => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels },
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '10' } },
})
const piped =
  (...values: readonly unknown[]) =>
  (): Promise<string> =>
    Promise.resolve(values.map((value) => JSON.stringify(value)).join('\n---\n'))

interface Printed {
  readonly plans: readonly {
    readonly vocabulary: string
    readonly supply: string
    readonly replicas: { readonly placed: number; readonly unplaced: number }
    readonly nodes: readonly { readonly name: string; readonly holds: readonly unknown[] }[]
  }[]
}

describe('plan', () => {
  it('places the shop in both vocabularies, on machines and on Fargate', async () => {
    const { out, error, status } = await run(
      ['plan', shop, '--nodes', 'm5.large=4', '--trunking', '--fargate', '--output', 'json'],
      none,
    )
    const { plans } = JSON.parse(out) as Printed
    expect(plans.map(({ vocabulary, supply, replicas }) => [vocabulary, supply, replicas])).toEqual(
      [
        ['kubernetes', 'nodes', { placed: 21, running: 0, unplaced: 0 }],
        ['kubernetes', 'fargate', { placed: 21, running: 0, unplaced: 0 }],
        ['ecs', 'nodes', { placed: 21, running: 0, unplaced: 0 }],
        ['ecs', 'fargate', { placed: 21, running: 0, unplaced: 0 }],
      ],
    )
    expect({ error, status }).toEqual({ error: '', status: 0 })
  })
  it('says why something has no place, with status 1', async () => {
    const { out, status } = await run(
      ['plan', '-'],
      piped(node('a'), pod('big', '3'), pod('ok', '1')),
    )
    expect(out).toContain('Kubernetes on 1 node: 1 of 2 pods placed')
    expect(out).toContain('0 of 1 fit: 1 Insufficient cpu')
    expect(status).toBe(1)
  })
  it('does not depend on the order of documents', async () => {
    const values = [node('a'), node('b'), pod('p', '1'), pod('q', '1500m'), pod('r', '500m')]
    const one = await run(['plan', '-'], piped(...values))
    const other = await run(['plan', '-'], piped(...[...values].reverse()))
    expect(one.status).toBe(0)
    expect(other.out).toBe(one.out)
  })
  it('takes a label for a label whatever an object inherits by its name', async () => {
    const asking = (label: string) => {
      const text = `{"apiVersion":"v1","kind":"Pod","metadata":{"name":"p"},"spec":{"nodeSelector":{"${label}":"x"},"containers":[{"name":"c"}]}}`
      const labelled = JSON.stringify(node('b', { marker: 'x' })).replace('marker', label)
      return run(['plan', '-'], () =>
        Promise.resolve([text, JSON.stringify(node('a')), labelled].join('\n---\n')),
      )
    }
    const { out, status } = await asking('constructor')
    expect(status).toBe(0)
    expect(out).toMatch(/^b .*default\/p$/m)
    // A label begins with a letter or a digit.
    const refused = await asking('__proto__')
    expect(refused.error).toContain('spec.nodeSelector.__proto__: found "__proto__"')
    expect(refused.status).toBe(2)
  })
  it('runs the admission plugins that are named, and refuses other names', async () => {
    const selector = 'scheduler.alpha.kubernetes.io/node-selector'
    const namespace = {
      apiVersion: 'v1',
      kind: 'Namespace',
      metadata: { name: 'default', annotations: { [selector]: 'disk=ssd' } },
    }
    const planBy = (...names: readonly string[]) =>
      run(
        ['plan', '-', ...names.flatMap((name) => ['--enable-admission-plugins', name])],
        piped(node('a'), node('b', { disk: 'ssd' }), namespace, pod('p', '1')),
      )
    expect((await planBy()).out).toMatch(/^a .*default\/p$/m)
    expect((await planBy('NodeRestriction,PodNodeSelector')).out).toMatch(/^b .*default\/p$/m)
    const { error, status } = await planBy('PodNodeSelector', 'PodNodeSelektor')
    expect(error).toContain('--enable-admission-plugins: found "PodNodeSelektor", expected')
    expect(error).toContain('PodNodeSelector is the nearest name')
    expect(status).toBe(2)
  })
  it('prints how much new machines have', async () => {
    const { out, status } = await run(['plan', '--help'], none)
    expect(out).toContain('interfaces * (IPv4 addresses per interface - 1) + 2')
    expect(status).toBe(0)
  })
})

describe('explain', () => {
  it('tabulates instances and reasons of task/NAME, by its service or its family', async () => {
    const containerDefinitions = [{ name: 'c', cpu: 64, memory: 4096 }]
    const documents = piped(
      { family: 'web', containerDefinitions },
      { serviceName: 'front', taskDefinition: 'web', desiredCount: 1 },
    )
    const explainTask = (name: string) =>
      run(['explain', name, '-', '--nodes', 't3.small=2'], documents)
    const [byService, byFamily] = [await explainTask('task/front'), await explainTask('task/web')]
    expect(byService.out).toContain('Amazon ECS: task 1 of front finds no place')
    expect(byService.out).toMatch(/t3.small-2 +resources: RESOURCE:MEMORY/)
    expect([byFamily.out, byFamily.status]).toEqual([byService.out, 1])
    expect((await explainTask('task/wbe')).error).toContain('such as front')
    expect((await explainTask('web')).status).toBe(2)
  })
  it('offers trunks where they help, and none where new machines have them', async () => {
    const documents = piped(
      {
        ...{ family: 'web', networkMode: 'awsvpc' },
        containerDefinitions: [{ name: 'c', image: 'i', cpu: 64, memory: 128 }],
      },
      {
        ...{ serviceName: 'web', taskDefinition: 'web', desiredCount: 4, launchType: 'EC2' },
        networkConfiguration: { awsvpcConfiguration: { subnets: ['subnet-1'] } },
      },
    )
    const explainWeb = async (...args: readonly string[]) =>
      (await run(['explain', 'web', '-', '--nodes', 'm5.large', ...args], documents)).out
    const trunks = 'with trunks on the new machines (--trunking): all 2 tasks without a place'
    expect(await explainWeb()).toContain(trunks)
    expect(await explainWeb('--trunking')).not.toContain('with trunks')
  })
  it('offers what is taken on a machine of a type, and not what the type never has', async () => {
    const explainPod = async (cpu: string) =>
      (
        await run(
          ['explain', 'last', '-', '--nodes', 'm5.large'],
          piped(pod('all', '1900m'), pod('last', cpu)),
        )
      ).out
    expect(await explainPod('1')).toContain('on m5.large-1, with 970m more cpu')
    expect(await explainPod('2000')).not.toContain('more cpu')
  })
  it('explains a workload of both vocabularies by its short name', async () => {
    const { out, status } = await run(
      ['explain', 'payments', shop, '--nodes', 'm5.large=3', '--trunking'],
      none,
    )
    expect(out).toContain('Kubernetes: pod 1 of shop/payments goes to m5.large-')
    expect(out).toContain('Amazon ECS: task 1 of payments goes to m5.large-')
    expect(out).toContain('runner-up')
    expect(status).toBe(0)
  })
  it('lists every refusal of a node, the first one first', async () => {
    const cordoned = { ...(node('a') as object), spec: { unschedulable: true } }
    const { out, status } = await run(
      ['explain', 'big', '-'],
      piped(cordoned, node('b'), pod('big', '3')),
    )
    expect(out).toContain('pod 1 of default/big finds no place')
    expect(out).toMatch(
      /a +NodeUnschedulable: node\(s\) were unschedulable\n +\(UnschedulableAndUnresolvable\)\n +also NodeResourcesFit: Insufficient cpu/,
    )
    expect(status).toBe(1)
  })
  it('explains the first replica that found no place', async () => {
    const three = {
      apiVersion: 'apps/v1',
      kind: 'Deployment',
      metadata: { name: 'web' },
      spec: {
        replicas: 3,
        selector: { matchLabels: { app: 'web' } },
        template: {
          metadata: { labels: { app: 'web' } },
          spec: (pod('x', '1') as { spec: unknown }).spec,
        },
      },
    }
    const { out } = await run(['explain', 'web', '-'], piped(node('a'), three))
    expect(out).toContain('pod 3 of default/web finds no place')
  })
  it('says what would have to change for what finds no place', async () => {
    const high = {
      apiVersion: 'scheduling.k8s.io/v1',
      kind: 'PriorityClass',
      metadata: { name: 'high' },
      value: 9,
    }
    const low = pod('low', '1500m', { nodeName: 'a' })
    const urgent = pod('urgent', '1', { priorityClassName: 'high' })
    const { out } = await run(['explain', 'urgent', '-'], piped(node('a'), high, low, urgent))
    expect(out).toContain(
      [
        'It would have a place',
        '- on a, by preemption of default/low',
        '- on a, with 500m more cpu',
        '- on a, if it were not for NodeResourcesFit',
      ].join('\n'),
    )
  })
  it('names what is near to a name that is not there', async () => {
    const { error, status } = await run(['explain', 'chekout', shop, '--fargate'], none)
    expect(error).toContain('found "chekout", expected the name of a workload, such as checkout')
    expect(status).toBe(2)
  })
  it('says how a Fargate size came about', async () => {
    const { out, status } = await run(['explain', 'shop/cart', shop, '--fargate'], none)
    expect(out).toContain('vended     0.25 vCPU 1 GB')
    expect(status).toBe(0)
  })
})

describe('with a Fargate profile among the files', () => {
  const paths = [`${shop}/kubernetes`, 'docs/examples/shop-on-fargate']
  const machines = ['--nodes', 'm5.large=2']

  it('plan puts what it takes on Fargate, and the others on nodes', async () => {
    const { out, status } = await run(['plan', ...paths, ...machines], none)
    expect(out).toContain('Kubernetes on 2 nodes and Fargate: all 21 pods placed')
    expect(out).toMatch(
      /shop\/storefront +3 +0\.25 vCPU 1 GB by web +320Mi +subnet-0a1b2c3d4e5f60001, subnet-0a1b2c3d4e5f60002 x2\n/,
    )
    expect(out).toMatch(/shop\/cart +2 +m5\.large-1, m5\.large-2\n/)
    expect(status).toBe(0)
  })
  it('plan tells of the nodes that are vended', async () => {
    const { out } = await run(['plan', ...paths, ...machines, '--output', 'json'], none)
    const { plans } = JSON.parse(out) as {
      readonly plans: readonly { readonly fargateNodes?: readonly object[] }[]
    }
    expect(plans).toHaveLength(1)
    expect(plans[0]!.fargateNodes).toHaveLength(8)
    expect(plans[0]!.fargateNodes![0]).toMatchObject({
      name: 'shop/search',
      replica: 1,
      fargateProfileName: 'web',
      subnet: 'subnet-0a1b2c3d4e5f60001',
      node: 'fargate-ip-10-0-0-4.eu-west-1.compute.internal',
      at: 0,
      labels: { 'eks.amazonaws.com/compute-type': 'fargate' },
      taints: [{ key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' }],
      allocatable: { cpu: '0.5', memory: '1792Mi', 'ephemeral-storage': '20Gi', pods: '1' },
    })
  })
  it('explain says the size of what it takes, by any of its names, and why the others go to their nodes', async () => {
    for (const name of ['storefront', 'deploy/storefront', 'shop/storefront']) {
      const { out, status } = await run(['explain', name, ...paths, ...machines], none)
      expect(out).toContain(
        'Kubernetes: 3 pods of shop/storefront on Fargate\n  taken by   Fargate profile web\n',
      )
      expect(status).toBe(0)
    }
    const { out } = await run(['explain', 'cart', ...paths, ...machines], none)
    expect(out).toContain('pod 1 of shop/cart goes to m5.large-1')
  })
  it('plan needs no nodes for what it takes, and some for the others', async () => {
    const profile = {
      fargateProfile: {
        fargateProfileName: 'all',
        subnets: ['a'],
        selectors: [{ namespace: '*' }],
      },
    }
    const all = await run(['plan', '-'], piped(profile, pod('web', '1')))
    expect([all.status, all.out.split('\n')[0]]).toEqual([0, 'Kubernetes on Fargate: 1 pod placed'])
    const other = { fargateProfile: { ...profile.fargateProfile, selectors: [{ namespace: 'x' }] } }
    const some = await run(['plan', '-'], piped(other, pod('web', '1')))
    expect([some.status, some.error]).toEqual([2, expect.stringContaining('found no nodes')])
  })
  it('plan says what is wrong with it', async () => {
    const wrong = { fargateProfile: { fargateProfileName: 'web', selectors: [{ labels: {} }] } }
    const { error, status } = await run(['plan', '-'], piped(wrong, pod('web', '1')))
    expect(error).toContain(
      'fargateProfile.selectors[0].namespace: found nothing, expected a namespace',
    )
    expect(status).toBe(2)
  })
})

it('explain finds what --fargate vends by the name of its kind too', async () => {
  const { out, status } = await run(['explain', 'deploy/cart', shop, '--fargate'], none)
  expect(out).toContain('Kubernetes: 2 pods of shop/cart on Fargate')
  expect(status).toBe(0)
})

describe('conform', () => {
  const scenario = {
    id: 'one',
    family: 'example',
    objects: [node('a'), pod('web', '1')],
    pending: ['default/web'],
  }
  const inFiles = async (files: Readonly<Record<string, string>>): Promise<string> => {
    const folder = await mkdtemp(join(tmpdir(), 'stowage-conform-'))
    onTestFinished(() => rm(folder, { recursive: true }))
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
    return folder
  }
  const lines = (...values: readonly unknown[]): string =>
    values.map((value) => JSON.stringify(value)).join('\n')

  it('answers scenarios, and agrees with its own answers', async () => {
    const folder = await inFiles({ 'scenarios.jsonl': lines(scenario) })
    const command = ['conform', 'kube-scheduler', join(folder, 'scenarios.jsonl')]
    const { out, status } = await run(command, none)
    expect(JSON.parse(out)).toMatchObject({ id: 'one', verdicts: [{ node: 'a', best: ['a'] }] })
    expect(status).toBe(0)
    await writeFile(join(folder, 'verdicts.jsonl.gz'), gzipSync(out))
    const against = join(folder, 'verdicts.jsonl.gz')
    const compared = await run([...command, '--against', against], none)
    expect(compared.out).toContain('example  1     all')
    expect(compared.status).toBe(0)
  })
  it('shows what differs side by side, with status 1', async () => {
    const verdict = { pod: 'default/web', result: 'unschedulable' }
    const folder = await inFiles({
      's.jsonl': lines(scenario),
      'v.jsonl': lines({ id: 'one', verdicts: [verdict] }),
    })
    const { out, status } = await run(
      ['conform', 'kube-scheduler', join(folder, 's.jsonl'), '--against', join(folder, 'v.jsonl')],
      none,
    )
    expect(out).toContain('"unschedulable"')
    expect(out).toContain('TaintToleration: score of a')
    expect(status).toBe(1)
  })
  it('fails where nothing was compared, or not all', async () => {
    const failure = { id: 'two', error: 'it broke' }
    const folder = await inFiles({
      'none.jsonl': '\n',
      's.jsonl': lines(scenario),
      'v.jsonl': lines(failure),
    })
    const conform = (...files: readonly string[]) => {
      const [path, against] = files.map((file) => join(folder, file))
      return run(
        [
          'conform',
          'kube-scheduler',
          path!,
          ...(against === undefined ? [] : ['--against', against]),
        ],
        none,
      )
    }
    const nothing = 'Nothing was compared: no scenario has a recorded answer'
    const stray = 'No scenario is there for the answers to 1: two'
    const unanswered = 'No answer is recorded for 1: one'
    expect(await conform('none.jsonl')).toEqual({
      out: '',
      error: `stowage: nothing was answered: no scenario in ${join(folder, 'none.jsonl')}\n`,
      status: 1,
    })
    expect((await conform('none.jsonl', 'none.jsonl')).out).toBe(`${nothing}\n`)
    for (const [files, sentences] of [
      [['none.jsonl', 'none.jsonl'], [nothing]],
      [
        ['none.jsonl', 'v.jsonl'],
        [nothing, stray],
      ],
      [
        ['s.jsonl', 'v.jsonl'],
        [nothing, unanswered, stray],
      ],
    ] as const) {
      const { out, status } = await conform(...files)
      expect(out).toBe(`${sentences.join('\n\n')}\n`)
      expect(status).toBe(1)
    }
  })
  it('reads standard input', async () => {
    const stdin = () => Promise.resolve(lines(scenario))
    const { out, status } = await run(['conform', 'kube-scheduler', '-'], stdin)
    expect(JSON.parse(out)).toMatchObject({ id: 'one', verdicts: [{ node: 'a' }] })
    expect(status).toBe(0)
    const folder = await inFiles({ 'v.jsonl': out })
    const against = ['--against', join(folder, 'v.jsonl')]
    expect((await run(['conform', 'kube-scheduler', '-', ...against], stdin)).status).toBe(0)
    const both = await run(['conform', 'kube-scheduler', '-', '--against', '-'], stdin)
    expect(both.error).toContain('standard input is either the scenarios or the answers')
    expect(both.status).toBe(2)
    const broken = await run(['conform', 'kube-scheduler', '-'], () => Promise.resolve('7'))
    expect(broken.error).toBe(
      [
        'stowage: 1 problem in the input, so nothing was answered',
        '  standard input:1: found 7, expected a scenario: id, objects and pending',
        '',
      ].join('\n'),
    )
  })
  it.each<[string, readonly string[], string]>([
    ['two lines of one id', ['twice.jsonl'], 'twice.jsonl:2: id: found "one"'],
    ['a file that is not there', ['none.jsonl'], 'a file or a folder that can be read'],
    ['a line that is no JSON', ['bad.jsonl'], 'bad.jsonl:2'],
    ['a line that is no scenario', ['other.jsonl'], 'id: found 1, expected a string'],
  ])('refuses %s', async (_, [file], message) => {
    const folder = await inFiles({
      'bad.jsonl': `${lines(scenario)}\n{`,
      'other.jsonl': lines({ id: 1 }),
      'twice.jsonl': lines(scenario, scenario),
    })
    const { error, status } = await run(['conform', 'kube-scheduler', join(folder, file!)], none)
    expect(error).toContain(message)
    expect(status).toBe(2)
  })
  it.each<[object, string]>([
    [{ id: 'a', steps: [] }, 'nodes'],
    [{ id: 'a', nodes: [{ kind: 'Pod' }], steps: [] }, 'nodes'],
    [{ id: 'a', nodes: [], steps: [{ nodes: { one: 'Lost' } }] }, 'steps[0].nodes'],
  ])('refuses a history of another form: %j', async (history, at) => {
    const folder = await inFiles({ 'histories.jsonl': lines(history) })
    const command = ['conform', 'settle', join(folder, 'histories.jsonl')]
    const { error, status } = await run(command, none)
    expect(error).toContain(`histories.jsonl:1: ${at}`)
    expect(status).toBe(2)
  })
  it.each([
    ['cluster-autoscaler', 'balance', {}, 'input.groups'],
    ['hpa', 'podsMetric', null, 'input'],
    ['workloads', 'fenceposts', { replicas: 'two' }, 'input.replicas'],
  ])('refuses a case of %s with an input of another form', async (name, kind, input, at) => {
    const folder = await inFiles({ 'cases.jsonl': lines({ id: 'a', kind, input }) })
    const { error, status } = await run(['conform', name, join(folder, 'cases.jsonl')], none)
    expect(error).toContain(`cases.jsonl:1: ${at}: `)
    expect(status).toBe(2)
  })
  it('refuses a scenario of Karpenter of another form, and an answer', async () => {
    const scenario = { id: 'a', instanceTypes: [], nodePools: [], pods: [] }
    const files = { 's.jsonl': lines({ ...scenario, pods: 3 }), 'a.jsonl': lines({ id: 'a' }) }
    const folder = await inFiles({ ...files, 'right.jsonl': lines(scenario) })
    const conform = (...names: readonly string[]) => run(['conform', 'karpenter', ...names], none)
    const [wrong, right] = [join(folder, 's.jsonl'), join(folder, 'right.jsonl')]
    expect((await conform(wrong)).error).toContain('s.jsonl:1: pods: ')
    const { error, status } = await conform(right, '--against', join(folder, 'a.jsonl'))
    expect(error).toContain('a.jsonl:1: nodeClaims: ')
    expect(status).toBe(2)
    expect((await conform(right)).out).toContain('"nodeClaims":[]')
  })
  it('knows one scheduler', async () => {
    const { error, status } = await run(['conform', 'nomad', 'x'], none)
    expect(error).toContain('kube-scheduler')
    expect(status).toBe(2)
  })
})
