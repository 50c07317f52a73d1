/**
 * Tests valid manifests that were damaged in one place: each is planned, or refused with an error
 * that states a path in the manifest. Nothing throws.
 */
import type { DocumentFault } from '@stowage/documents'
import * as E from 'fp-ts/lib/Either.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { isRefuted } from '@stowage/testing'
import { planPodsOnFargate } from '../fargate/plan.js'
import { explainOnNodes } from '../plan/explain.js'
import { workloadNames } from '../plan/subject.js'
import { planOnNodes } from '../plan/plan.js'
import { readKubernetes } from '../read/input.js'

const amounts = { cpu: '100m', memory: '1Gi', 'a.com/gpu': '1' }
const container = {
  name: 'main',
  resources: { requests: amounts, limits: amounts },
  ports: [{ containerPort: 80, hostPort: 80, hostIP: '10.0.0.1', protocol: 'TCP' }],
  restartPolicy: 'Always',
}
const requirement = { key: 'size', operator: 'Gt', values: ['1'] }
const term = {
  matchExpressions: [requirement],
  matchFields: [{ key: 'metadata.name', operator: 'In', values: ['n'] }],
}
const spec = {
  containers: [container],
  initContainers: [{ ...container, name: 'first' }],
  resources: { requests: { cpu: '1' }, limits: { cpu: '1' } },
  overhead: amounts,
  nodeSelector: { size: '5' },
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [term] } },
  },
  tolerations: [{ key: 'a', operator: 'Equal', value: 'b', effect: 'NoSchedule' }],
  hostNetwork: false,
  priorityClassName: 'high',
  volumes: [{ name: 'v', persistentVolumeClaim: { claimName: 'c' } }],
}
const metadata = (name: string, owner?: string) => ({
  name,
  labels: { size: '5', 'pod-template-hash': '7d' },
  ownerReferences:
    owner === undefined ? [] : [{ kind: 'ReplicaSet', name: owner, controller: true }],
})
const object = (apiVersion: string, kind: string, name: string, rest: object, owner?: string) => ({
  apiVersion,
  kind,
  metadata: metadata(name, owner),
  ...rest,
})
const labelled = { metadata: { labels: { app: 'a' } }, spec }
const selector = { matchLabels: { app: 'a' } }
const templated = { spec: { replicas: 2, selector, template: labelled } }
const manifest: unknown = object('v1', 'List', 'all', {
  items: [
    object('v1', 'Node', 'n', {
      spec: { taints: [{ key: 'a', value: 'b', effect: 'NoSchedule' }] },
      status: { allocatable: { ...amounts, pods: '9' } },
    }),
    object('scheduling.k8s.io/v1', 'PriorityClass', 'high', { value: 9, globalDefault: true }),
    object('apps/v1', 'Deployment', 'web', templated),
    object('apps/v1', 'DaemonSet', 'agent', templated),
    object('batch/v1', 'Job', 'job', {
      spec: {
        completions: 3,
        template: { ...labelled, spec: { ...labelled.spec, restartPolicy: 'Never' } },
      },
      status: { succeeded: 1, conditions: [{ type: 'Complete', status: 'False' }] },
    }),
    object(
      'v1',
      'Pod',
      'a',
      { spec: { ...spec, nodeName: 'n' }, status: { phase: 'Running' } },
      'web-7d',
    ),
  ],
})

type Path = readonly string[]
const pathsIn = (value: unknown): readonly Path[] =>
  typeof value !== 'object' || value === null
    ? [[]]
    : [
        [],
        ...Object.entries(value).flatMap(([key, inner]) =>
          pathsIn(inner).map((path) => [key, ...path]),
        ),
      ]
const replaced = (value: unknown, [step, ...rest]: Path, by: unknown): unknown => {
  if (step === undefined) return by
  const inner = replaced((value as Readonly<Record<string, unknown>>)[step], rest, by)
  if (!Array.isArray(value)) return { ...(value as object), [step]: inner }
  return value.map((item: unknown, i) => (String(i) === step ? inner : item))
}

const anyPath = fc.constantFrom(...pathsIn(manifest))
const anyValue = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  '',
  'x',
  '1.5.Gi',
  '80Ti',
  '0.1m',
  -1,
  0,
  1.5,
  3,
  1e300,
  [],
  [null],
  ['x'],
  {},
  { a: 1 },
  { a: null },
  JSON.parse('{"__proto__":{"a":1}}'),
)

/** Reads and plans in every way; what is wrong, when something is. */
const everything = (value: unknown): readonly DocumentFault[] => {
  const input = readKubernetes([{ from: 'all.yaml', value }])
  if (E.isLeft(input)) return input.left
  planOnNodes(input.right)
  planPodsOnFargate(input.right)
  for (const name of workloadNames(input.right)) explainOnNodes(input.right, name)
  return []
}
const answers = (run: typeof everything) =>
  fc.property(anyPath, anyValue, (path, value) => {
    const wrong = run(replaced(manifest, path, value))
    return wrong.every(
      ({ from, found, expected }) => from === 'all.yaml' && found !== '' && expected !== '',
    )
  })

it('is planned when nothing is broken', () => {
  expect(everything(manifest)).toEqual([])
})
it('is answered when something is', () => {
  fc.assert(answers(everything), { numRuns: 300 })
})
it('is refuted when a reader trusts what it reads', () => {
  const trusting: typeof everything = (value) => {
    const list = value as {
      readonly items: readonly { readonly metadata: { readonly name: string } }[]
    }
    const names = list.items.map(({ metadata: { name } }) => name.trim())
    return names.includes('') ? [] : everything(value)
  }
  expect(isRefuted(answers(trusting))).toBe(true)
})
