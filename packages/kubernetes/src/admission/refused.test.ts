/** Tests that the API server refuses invalid fields with their path, and accepts valid ones. */
import { pathOf } from '@stowage/kernel'
import * as E from 'fp-ts/lib/Either.js'
import { describe, expect, it } from 'vitest'
import { readKubernetes } from '../read/input.js'

const wrongIn = (spec: object): readonly string[] => {
  const value = {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'p' },
    spec: { containers: [{ name: 'c' }], ...spec },
  }
  const read = readKubernetes([{ from: 'p.yaml', value }])
  return E.isLeft(read)
    ? read.left.map(({ at, found, expected }) => `${pathOf(at)}: ${found}, not ${expected}`)
    : []
}

type Case = readonly [spec: object, ...wrong: readonly string[]]

const tolerated = (toleration: object) => ({ tolerations: [toleration] })
const tolerations: readonly Case[] = [
  [
    tolerated({ key: 'a', operator: 'Exist' }),
    'operator: "Exist", not one of Exists, Equal, Lt, Gt',
  ],
  [
    tolerated({ key: 'a', effect: 'noschedule' }),
    'effect: "noschedule", not one of NoSchedule, PreferNoSchedule, NoExecute',
  ],
  [
    tolerated({ operator: 'Equal', value: 'x' }),
    'operator: "Equal", not Exists, as there is no key',
  ],
  [tolerated({ value: 'x' }), 'operator: nothing, not Exists, as there is no key'],
  [tolerated({ key: 'a', operator: 'Exists', value: 'x' }), 'value: "x", not no value for Exists'],
  [tolerated({ key: 'a', value: 'x y' }), 'value: "x y", not a label\'s value'],
  [
    tolerated({ key: 'a', operator: 'Gt', value: '1x' }),
    'value: "1x", not a whole number of 64 bits',
  ],
  [
    tolerated({ key: 'a', operator: 'Lt', value: '9223372036854775808' }),
    'value: "9223372036854775808", not a whole number of 64 bits',
  ],
  [tolerated({ key: 'a b', operator: 'Exists' }), 'key: "a b", not a label\'s key'],
  [
    tolerated({ key: 'a', effect: 'NoSchedule', tolerationSeconds: 3 }),
    'effect: "NoSchedule", not NoExecute, as there are tolerationSeconds',
  ],
  [
    tolerated({ key: 'a', tolerationSeconds: 3 }),
    'effect: nothing, not NoExecute, as there are tolerationSeconds',
  ],
].map(([spec, wrong]) => [spec as object, `spec.tolerations[0].${wrong as string}`])

const hard = 'requiredDuringSchedulingIgnoredDuringExecution'
const soft = 'preferredDuringSchedulingIgnoredDuringExecution'
const near = (nodeAffinity: object) => ({ affinity: { nodeAffinity } })
const required = (...nodeSelectorTerms: readonly object[]) =>
  near({ [hard]: { nodeSelectorTerms } })
const preferred = (preference: object, weight = 1) => near({ [soft]: [{ weight, preference }] })
const expression = (one: object) => ({ matchExpressions: [{ key: 'k', ...one }] })
const field = (one: object) => ({ matchFields: [{ key: 'metadata.name', ...one }] })

/** What is wrong in a term, required or preferred. */
const inTerms = (term: object, wrong: string): readonly Case[] => [
  [required(term), `spec.affinity.nodeAffinity.${hard}.nodeSelectorTerms[0].${wrong}`],
  [preferred(term), `spec.affinity.nodeAffinity.${soft}[0].preference.${wrong}`],
]
const nodes: readonly Case[] = [
  [
    required(),
    `spec.affinity.nodeAffinity.${hard}.nodeSelectorTerms: an empty list, not at least one term`,
  ],
  [preferred({}, 0), `spec.affinity.nodeAffinity.${soft}[0].weight: 0, not a weight from 1 to 100`],
  [
    preferred({}, 101),
    `spec.affinity.nodeAffinity.${soft}[0].weight: 101, not a weight from 1 to 100`,
  ],
  ...inTerms(
    expression({ operator: 'in', values: ['1'] }),
    'matchExpressions[0].operator: "in", not one of In, NotIn, Exists, DoesNotExist, Gt, Lt',
  ),
  ...['In', 'NotIn'].flatMap((operator) =>
    inTerms(
      expression({ operator, values: [] }),
      `matchExpressions[0].values: an empty list, not values for ${operator}`,
    ),
  ),
  ...['Exists', 'DoesNotExist'].flatMap((operator) =>
    inTerms(
      expression({ operator, values: ['a'] }),
      `matchExpressions[0].values: a list of 1, not no values for ${operator}`,
    ),
  ),
  ...['Gt', 'Lt'].flatMap((operator) =>
    inTerms(
      expression({ operator, values: ['1', '2'] }),
      `matchExpressions[0].values: a list of 2, not one value for ${operator}`,
    ),
  ),
  ...inTerms(
    expression({ key: 'a b', operator: 'Exists' }),
    'matchExpressions[0].key: "a b", not a label\'s key',
  ),
  ...inTerms(
    field({ key: 'spec.x', operator: 'In', values: ['a'] }),
    'matchFields[0].key: "spec.x", not metadata.name',
  ),
  ...inTerms(
    field({ operator: 'Exists' }),
    'matchFields[0].operator: "Exists", not one of In, NotIn',
  ),
  ...inTerms(
    field({ operator: 'In', values: ['a', 'b'] }),
    'matchFields[0].values: a list of 2, not one value for In',
  ),
  [
    required(expression({ operator: 'In', values: ['a', 'b c'] })),
    `spec.affinity.nodeAffinity.${hard}.nodeSelectorTerms[0].matchExpressions[0].values[1]: "b c", not a label's value`,
  ],
  [{ nodeSelector: { 'a b': 'c' } }, 'spec.nodeSelector["a b"]: "a b", not a label\'s key'],
  [{ nodeSelector: { a: 'b c' } }, 'spec.nodeSelector.a: "b c", not a label\'s value'],
]

const ported = (...ports: readonly object[]) => ({
  containers: [{ name: 'c', ports: ports.map((one) => ({ containerPort: 80, ...one })) }],
})
const taken = 'not a port of the host that was not taken before'
const others: readonly Case[] = [
  [
    { preemptionPolicy: 'Nope' },
    'spec.preemptionPolicy: "Nope", not one of PreemptLowerPriority, Never',
  ],
  [
    { schedulingGates: [{ name: 'a' }, { name: 'a' }] },
    'spec.schedulingGates[1].name: "a", not a gate that was not named before',
  ],
  [{ schedulingGates: [{ name: '' }] }, 'spec.schedulingGates[0].name: "", not a qualified name'],
  [
    { schedulingGates: [{ name: 'a' }], nodeName: 'n' },
    'spec.nodeName: "n", not no node, as there are schedulingGates',
  ],
  [
    { volumes: [{ name: 'v' }, { name: 'w' }, { name: 'v' }] },
    'spec.volumes[2].name: "v", not a name that no other volume has',
  ],
  [
    ported({ protocol: 'tcp' }),
    'spec.containers[0].ports[0].protocol: "tcp", not one of TCP, UDP, SCTP',
  ],
  [
    ported({ hostPort: 81 }, { hostPort: 81, protocol: 'TCP' }),
    `spec.containers[0].ports[1].hostPort: 81, ${taken}`,
  ],
  [
    { containers: ['a', 'b'].map((name) => ({ ...ported({ hostPort: 81 }).containers[0], name })) },
    `spec.containers[1].ports[0].hostPort: 81, ${taken}`,
  ],
  [
    {
      initContainers: ported({ hostPort: 81 }, { hostPort: 81 }).containers.map((one) => ({
        ...one,
        name: 'first',
      })),
    },
    `spec.initContainers[0].ports[1].hostPort: 81, ${taken}`,
  ],
  [
    { hostNetwork: true, ...ported({ hostPort: 81 }) },
    "spec.containers[0].ports[0].hostPort: 81, not 80, its containerPort, as the pod is on the host's network",
  ],
]

const given = (resources: object) => ({ containers: [{ name: 'c', resources }] })
const gpu = 'example.com/gpu'
const names = 'not cpu, memory, ephemeral-storage, hugepages-SIZE, or a name with a domain'
const resources: readonly Case[] = [
  [given({ requests: { foo: '1' } }), `.requests.foo: "foo", ${names}`],
  [given({ limits: { pods: '1' } }), `.limits.pods: "pods", ${names}`],
  [
    given({ limits: { 'requests.example.com/gpu': '1' } }),
    `.limits["requests.example.com/gpu"]: "requests.example.com/gpu", ${names}`,
  ],
  [
    given({ requests: { [gpu]: '500m' }, limits: { [gpu]: '500m' } }),
    `.limits["${gpu}"]: "500m", not a whole number`,
  ],
  [
    given({ requests: { [gpu]: '1' }, limits: { [gpu]: '2' } }),
    `.requests["${gpu}"]: "1", not as much as its limit, 2`,
  ],
  [
    given({ requests: { [gpu]: '2' }, limits: { [gpu]: '1' } }),
    `.requests["${gpu}"]: "2", not at most its limit, 1`,
  ],
  [given({ requests: { [gpu]: '1' } }), `.requests["${gpu}"]: "1", not a limit beside it`],
  [given({ limits: { 'hugepages-2Mi': '4Mi' } }), ': "hugepages-2Mi", not cpu or memory beside it'],
].map(([spec, wrong]) => [spec as object, `spec.containers[0].resources${wrong as string}`])

describe.each([
  ['tolerations', tolerations],
  ['what is asked of nodes', nodes],
  ['gates, volumes and ports', others],
  ['resources', resources],
] as const)('in %s', (_, cases) => {
  it.each(cases.map(([spec, ...wrong]) => ({ spec, wrong })))(
    'refuses $wrong',
    ({ spec, wrong }) => {
      expect(wrongIn(spec)).toEqual(wrong)
    },
  )
})

it.each<[object]>([
  [tolerated({ operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 3 })],
  [tolerated({ key: 'a', operator: '', effect: '', value: '' })],
  [tolerated({ key: 'a', operator: 'Gt', value: '-5' })],
  [required({}, field({ operator: 'NotIn', values: ['a'] }))],
  [required(expression({ operator: 'Gt', values: ['x'] }))],
  [preferred(expression({ operator: 'In', values: ['b c'] }), 100)],
  [preferred(expression({ operator: 'Lt', values: ['b c'] }))],
  [{ preemptionPolicy: 'Never', schedulingGates: [{ name: 'a.b/c' }, { name: 'a' }] }],
  [
    ported(
      { protocol: 'SCTP', hostPort: 81 },
      { hostPort: 81 },
      { hostPort: 81, hostIP: '10.0.0.1' },
    ),
  ],
  [{ hostNetwork: true, ...ported({}, { containerPort: 81, hostPort: 81 }) }],
  [
    {
      initContainers: ['a', 'b'].map((name) => ({
        ...ported({ hostPort: 81 }).containers[0],
        name,
      })),
    },
  ],
  [given({ limits: { [gpu]: '2', 'hugepages-2Mi': '4Mi', cpu: '1' } })],
  [given({ requests: { 'kubernetes.io/thing': '500m' } })],
  [given({ requests: { [gpu]: '2' }, limits: { [gpu]: '2.0' } })],
])('%j is accepted', (spec) => {
  expect(wrongIn(spec)).toEqual([])
})
