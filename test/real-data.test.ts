/**
 * Plans real Kubernetes manifests and ECS task definitions with the built command line, as a user
 * would, on three machines and on Fargate, and checks the printed plans.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { launchNodes, openMachine, type TaskSize } from '@stowage/fargate'
import { instant } from '@stowage/kernel'
import { describe, expect, it, onTestFinished } from 'vitest'

const shared = resolve(process.env['STOWAGE_SHARED'] ?? '../shared', 'data')

interface Printed {
  readonly plans: readonly {
    readonly supply: string
    readonly replicas: {
      readonly placed: number
      readonly running: number
      readonly unplaced: number
    }
    readonly nodes: readonly {
      readonly holds: readonly { readonly name: string; readonly count: number }[]
    }[]
    readonly refused: readonly { readonly name: string; readonly reason: string }[]
    readonly fargate: readonly {
      readonly name: string
      readonly count: number
      readonly asked: { readonly cpu: number; readonly memory: number }
      readonly size: TaskSize
    }[]
    readonly fargateNodes?: readonly { readonly name: string; readonly node: string }[]
    readonly warnings: readonly {
      readonly subject: string
      readonly text: string
      readonly detail?: string
    }[]
  }[]
  readonly ignored: readonly { readonly kind: string }[]
}

const stowage = (...args: readonly string[]) =>
  spawnSync(process.execPath, ['packages/cli/bin/stowage.js', ...args], { encoding: 'utf8' })

const planned = (folder: string, ...machines: readonly string[]) => {
  const { stdout, stderr, status } = stowage(
    'plan',
    resolve(shared, folder),
    ...machines,
    '--output',
    'json',
  )
  expect(stderr).toBe('')
  const { plans, ignored } = JSON.parse(stdout) as Printed
  expect(plans).toHaveLength(1)
  return { ...plans[0]!, ignored, status }
}

const fleet = ['--nodes', 'm5.large=3']

const noValue = (name: string): string =>
  `Ref ${name} (parameter ${name} has no Default, and no value was given)`

/**
 * How many replicas each folder wants on machines and on Fargate, and which Fargate does not take.
 */
const folders = [
  { folder: 'k8s-microservices-demo', onMachines: 12, onFargate: 12, refused: [] },
  {
    folder: 'k8s-kube-prometheus',
    onMachines: 9,
    onFargate: 6,
    refused: ['Pod not supported on Fargate: DaemonSets are not supported'],
  },
  { folder: 'k8s-argo-cd', onMachines: 7, onFargate: 7, refused: [] },
  { folder: 'ecs-task-definitions-firelens', onMachines: 25, onFargate: 25, refused: [] },
]

const describeReal = describe.skipIf(!existsSync(shared))
if (!existsSync(shared)) console.log(`skipped: there is no real data at ${shared}`)

describeReal.each(folders)('$folder', ({ folder, ...wanted }) => {
  it('fits three m5.large', () => {
    const { replicas, status } = planned(folder, ...fleet)
    expect(replicas).toEqual({ placed: wanted.onMachines, running: 0, unplaced: 0 })
    expect(status).toBe(0)
  })
  it('gets its sizes on Fargate, with a reason where there is none', () => {
    const { replicas, refused, status } = planned(folder, '--fargate')
    expect(replicas).toEqual({
      placed: wanted.onFargate,
      running: 0,
      unplaced: wanted.refused.length,
    })
    expect(refused.map(({ reason }) => reason)).toEqual(wanted.refused)
    expect(status).toBe(wanted.refused.length === 0 ? 0 : 1)
  })
})

/** The document that a cluster with one profile, for everything, would have. */
const everything = {
  fargateProfile: {
    fargateProfileName: 'everything',
    subnets: ['subnet-a', 'subnet-b'],
    selectors: [{ namespace: '*' }],
    status: 'ACTIVE',
  },
}

describeReal('on Fargate', () => {
  it('every task definition is sized, and the vending machine sells that size', () => {
    const { fargate, refused } = planned('ecs-task-definitions-firelens', '--fargate')
    expect(fargate.length + refused.length).toBe(25)
    expect(refused.every(({ reason }) => reason !== '')).toBe(true)
    for (const { name, asked: demand, size } of fargate) {
      const request = { task: name, size, subnets: ['subnet-a'] }
      const [, [launched]] = launchNodes(openMachine(), [request], instant(0))
      expect([name, launched?._tag]).toEqual([name, 'Vended'])
      const [cpu, memory] = [(size.cpu * 1000) / 1024, size.memory * 1_048_576]
      expect(cpu >= demand.cpu && memory >= demand.memory).toBe(true)
    }
  })
  it.each(folders.filter(({ folder }) => folder.startsWith('k8s')))(
    'a profile for everything takes what $folder has, but for DaemonSets',
    ({ folder, onFargate }) => {
      const path = join(mkdtempSync(join(tmpdir(), 'stowage-profile-')), 'everything.json')
      onTestFinished(() => rmSync(dirname(path), { recursive: true }))
      writeFileSync(path, JSON.stringify(everything))
      const { replicas, fargate, fargateNodes = [], nodes } = planned(folder, path, ...fleet)
      expect(replicas.unplaced).toBe(0)
      expect(fargate.reduce((sum, { count }) => sum + count, 0)).toBe(onFargate)
      expect(new Set(fargateNodes.map(({ node }) => node)).size).toBe(onFargate)
      expect(nodes.flatMap(({ holds }) => holds)).toHaveLength(replicas.placed - onFargate)
    },
  )
})

/**
 * What a template leaves open in its services, by where it stands and of what kind it is. All of it
 * is of no account for where tasks go, as all templates are planned by their defaults.
 */
const templates = [
  ...['ec2-private-service.json', 'ec2-public-service.json'].map((file) => ({
    file: `ecs-cloudformation-templates/${file}`,
    services: { nginx: 2 },
    open: {
      Cluster: 'Fn::ImportValue (another stack exports production:ClusterName)',
      'LoadBalancers[0].TargetGroupArn': 'Ref TargetGroup (it is known when TargetGroup is made)',
    },
  })),
  ...[
    { file: 'product-service.yaml', more: {} },
    {
      file: 'website-service.yaml',
      more: { 'ContainerDefinitions[0].Environment[0].Value': noValue('ProductServiceUrl') },
    },
  ].map(({ file, more }) => ({
    file: `ecs-refarch-cloudformation/${file}`,
    services: { [file.replace('.yaml', '-Service')]: 2 },
    open: {
      ...more,
      Cluster: noValue('Cluster'),
      'LoadBalancers[0].TargetGroupArn': 'Ref TargetGroup (it is known when TargetGroup is made)',
      Role: 'Ref ServiceRole (it is known when ServiceRole is made)',
      'ContainerDefinitions[0].LogConfiguration.Options.awslogs-group':
        'Ref CloudWatchLogsGroup (it is known when CloudWatchLogsGroup is made)',
      'ContainerDefinitions[0].LogConfiguration.Options.awslogs-region':
        'Ref AWS::Region (AWS::Region was not given)',
    },
  })),
]

const openIn = (warnings: readonly { readonly text: string; readonly detail?: string }[]) =>
  warnings.flatMap(({ text, detail = '' }) => {
    if (text !== 'not resolved, and of no account for where tasks go') return []
    const end = detail.indexOf(' is ')
    return [[detail.slice(0, end), detail.slice(end + ' is '.length)] as const]
  })

describeReal('CloudFormation templates', () => {
  it.each(templates)('$file is planned, and what is open in it is named', (one) => {
    const { nodes, replicas, warnings, status } = planned(one.file, ...fleet)
    const held = nodes.flatMap(({ holds }) => holds.map(({ name }) => name))
    expect([...new Set(held)]).toEqual(Object.keys(one.services))
    expect(replicas).toEqual({ placed: Object.values(one.services)[0], running: 0, unplaced: 0 })
    expect(Object.fromEntries(openIn(warnings))).toEqual(one.open)
    expect(status).toBe(0)
  })
  it('takes a parameter in place of a default, and in place of nothing', () => {
    const { file } = templates[2]!
    const given = ['--parameter', 'DesiredCount=5', '--parameter', 'Cluster=shop']
    const { replicas, warnings } = planned(file, ...fleet, ...given)
    expect(replicas.placed).toBe(5)
    expect(openIn(warnings).map(([place]) => place)).not.toContain('Cluster')
  })
  it('are planned together, and name the machines of their Auto Scaling group', () => {
    const { replicas, warnings } = planned('ecs-refarch-cloudformation', ...fleet)
    expect(replicas).toEqual({ placed: 4, running: 0, unplaced: 0 })
    expect(warnings.map(({ detail }) => detail)).toContain('4 of c4.large')
  })
  it('of one service name are planned together, and told apart by their stacks', () => {
    const { nodes, replicas, warnings, status } = planned('ecs-cloudformation-templates', ...fleet)
    const held = nodes.flatMap(({ holds }) => holds.map(({ name }) => name))
    const names = ['ec2-private-service/nginx', 'ec2-public-service/nginx']
    expect([...new Set(held)].sort()).toEqual(names)
    expect(replicas).toEqual({ placed: 4, running: 0, unplaced: 0 })
    const apart = warnings.filter(({ text }) => text.endsWith('told apart by the stack'))
    expect(apart.map(({ subject }) => subject)).toEqual(names.map((name) => `service ${name}`))
    expect(status).toBe(0)
  })
  it.each([
    ['ecs-cloudformation-templates/ec2-cluster-private-vpc.json'],
    ['ecs-refarch-cloudformation/ecs-cluster.yaml'],
  ])('%s has a cluster and nothing to place', (file) => {
    const { stdout, stderr, status } = stowage('plan', resolve(shared, file), ...fleet)
    expect(stderr).toContain('found 1 document, none of which wants a place')
    expect([stdout, status]).toEqual(['', 2])
  })
})

interface Compared {
  readonly comparisons: readonly {
    readonly workloads: readonly {
      readonly name: string
      readonly wanted: number
      readonly ec2: { readonly onInstances: number }
      readonly fargate: { readonly onFargate: number; readonly size?: TaskSize }
    }[]
    readonly worlds: Readonly<Record<'ec2' | 'fargate' | 'mixed', { readonly replicas: object }>>
  }[]
}

describeReal.each([
  { folder: 'ecs-task-definitions-firelens', all: 25 },
  { folder: 'ecs-refarch-cloudformation', all: 4 },
])('$folder, in three worlds', ({ folder, all }) => {
  it('has its place in each, and its size on Fargate', () => {
    const flags = [...fleet, '--compare', '--output', 'json']
    const { stdout, stderr, status } = stowage('plan', resolve(shared, folder), ...flags)
    expect([stderr, status]).toEqual(['', 0])
    const { workloads, worlds } = (JSON.parse(stdout) as Compared).comparisons[0]!
    const { ec2, fargate, mixed } = worlds
    const replicas = { placed: all, unplaced: 0 }
    expect([ec2, fargate, mixed]).toMatchObject([{ replicas }, { replicas }, { replicas }])
    for (const { name, wanted, ...one } of workloads) {
      expect([name, one.ec2.onInstances, one.fargate.onFargate]).toEqual([name, wanted, wanted])
      expect(one.fargate.size).toBeDefined()
    }
  })
})

describeReal('what is said beside a plan', () => {
  it('names the kinds that are not read', () => {
    const { ignored } = planned('k8s-argo-cd', ...fleet)
    expect(new Set(ignored.map(({ kind }) => kind))).toContain('ConfigMap')
  })
  it('says what Fargate would refuse as written', () => {
    const { warnings } = planned('ecs-task-definitions-firelens', '--fargate')
    expect(
      warnings.filter(({ text }) => text.startsWith('Fargate would refuse it')).length,
    ).toBeGreaterThan(0)
  })
})
