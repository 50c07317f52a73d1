/**
 * Measures the command line on dumps of clusters: time, processor time and peak memory of `stowage
 * plan`, as a user runs it. `npm run bench:dumps -- FOLDER` also runs the built checkout in that
 * folder on the same dumps, and prints the ratio.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** What a dump holds; pods belong to so many Deployments, and some of the pending find no place. */
interface DumpSize {
  readonly nodes: number
  readonly running: number
  readonly pending: number
  readonly placeless: number
  readonly deployments: number
}

const dumps: readonly (readonly [name: string, output: string, size: DumpSize])[] = [
  [
    '200 pending pods of one Deployment',
    'table',
    { nodes: 50, running: 0, pending: 200, placeless: 0, deployments: 1 },
  ],
  [
    '20,000 pending pods of one Deployment',
    'table',
    { nodes: 500, running: 0, pending: 20_000, placeless: 0, deployments: 1 },
  ],
  [
    '5,000 pods, 1,000 of them pending',
    'table',
    { nodes: 500, running: 4_000, pending: 1_000, placeless: 0, deployments: 50 },
  ],
  [
    '100,000 pods, 10,000 of them pending',
    'json',
    { nodes: 5_000, running: 90_000, pending: 10_000, placeless: 470, deployments: 400 },
  ],
  [
    '100,000 pods that run',
    'json',
    { nodes: 5_000, running: 100_000, pending: 0, placeless: 0, deployments: 400 },
  ],
]

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i)

const nodeName = (i: number): string => `node-${String(i).padStart(5, '0')}`

const node = (i: number): object => {
  const name = nodeName(i)
  const labels = { 'kubernetes.io/hostname': name, 'topology.kubernetes.io/zone': `z${i % 3}` }
  const resources = { cpu: '16', memory: '64Gi', pods: '110' }
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: { capacity: resources, allocatable: resources },
  }
}

const podSpec = (app: number): object => ({
  containers: [
    {
      name: 'main',
      image: 'shop:1',
      resources: { requests: { cpu: `${100 + (app % 20) * 10}m`, memory: '128Mi' } },
    },
  ],
})

const hash = { 'pod-template-hash': 'abc' }

const ownedBy = (kind: string, name: string): object => ({
  ownerReferences: [{ apiVersion: 'apps/v1', kind, name, uid: name, controller: true }],
})

const workloads = (app: number, replicas: number): readonly object[] => {
  const [name, labels] = [`app-${app}`, { app: `app-${app}` }]
  const workload = (kind: string, own: string, podLabels: object, rest: object): object => ({
    apiVersion: 'apps/v1',
    kind,
    metadata: { name: own, namespace: 'default', uid: own, labels: podLabels, ...rest },
    spec: {
      replicas,
      selector: { matchLabels: podLabels },
      template: { metadata: { labels: podLabels }, spec: podSpec(app) },
    },
  })
  return [
    workload('Deployment', name, labels, {}),
    workload('ReplicaSet', `${name}-abc`, { ...labels, ...hash }, ownedBy('Deployment', name)),
  ]
}

const pod = (app: number, name: string, phase: string, spec: object): object => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    ...{ name, namespace: 'default', uid: name, labels: { app: `app-${app}`, ...hash } },
    ...ownedBy('ReplicaSet', `app-${app}-abc`),
  },
  spec: { ...podSpec(app), ...spec },
  status: { phase },
})

const dump = ({ nodes, running, pending, placeless, deployments }: DumpSize): object => ({
  apiVersion: 'v1',
  kind: 'List',
  items: [
    ...numbers(nodes).map(node),
    ...numbers(deployments).flatMap((app) =>
      workloads(
        app,
        numbers(running).filter((i) => i % deployments === app).length +
          numbers(pending).filter((i) => i % deployments === app).length,
      ),
    ),
    ...numbers(running).map((i) =>
      pod(i % deployments, `run-${i}`, 'Running', { nodeName: nodeName(i % nodes) }),
    ),
    ...numbers(pending).map((i) =>
      pod(
        i % deployments,
        `wait-${i}`,
        'Pending',
        i < placeless ? { nodeSelector: { gpu: 'yes' } } : {},
      ),
    ),
  ],
})

interface Cost {
  readonly seconds: number
  readonly cpuSeconds: number
  readonly megabytes: number
}

/** Writes what the process used to its fourth stream when it ends. */
const meter = `process.on('exit', () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage()
  require('fs').writeSync(3, JSON.stringify([userCPUTime + systemCPUTime, maxRSS]))
})`

const costOf = (checkout: string, meterFile: string, args: readonly string[]): Cost => {
  const program = join(checkout, 'packages/cli/bin/stowage.js')
  const start = performance.now()
  const { status, output } = spawnSync(
    process.execPath,
    ['--require', meterFile, program, ...args],
    { stdio: ['ignore', 'ignore', 'ignore', 'pipe'] },
  )
  const seconds = (performance.now() - start) / 1000
  if (status !== 0 && status !== 1) throw new Error(`${program} ${args.join(' ')}: ${status}`)
  const [microseconds, kilobytes] = JSON.parse(String(output[3])) as [number, number]
  return { seconds, cpuSeconds: microseconds / 1e6, megabytes: kilobytes / 1024 }
}

const costText = ({ seconds, cpuSeconds, megabytes }: Cost): string =>
  `${seconds.toFixed(1)} s (${cpuSeconds.toFixed(1)} s of processors), ${megabytes.toFixed(0)} MB`

const [, , , other] = process.argv
if (!existsSync('packages/cli/dist/main.js')) throw new Error('run npm run build first')
const folder = mkdtempSync(join(tmpdir(), 'stowage-dumps-'))
try {
  const meterFile = join(folder, 'meter.cjs')
  writeFileSync(meterFile, meter)
  for (const [name, output, size] of dumps) {
    const file = join(folder, 'dump.json')
    writeFileSync(file, JSON.stringify(dump(size)))
    const args = ['plan', file, '--output', output]
    const ours = costOf('.', meterFile, args)
    console.log(`${name}, ${output}: ${costText(ours)}`)
    if (other === undefined) continue
    const before = costOf(other, meterFile, args)
    const ratio = (before.seconds / ours.seconds).toFixed(1)
    console.log(`  in ${other}: ${costText(before)}; ${ratio} times as long`)
  }
} finally {
  rmSync(folder, { recursive: true })
}
