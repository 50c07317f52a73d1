/**
 * Defines scenarios (Kubernetes objects and pods to schedule) for edge cases of what a pod
 * requires, such as inter-pod affinity across namespaces, topology spread, extended resources and
 * images.
 */
import { namespace, node, pod, requesting, scenario, withArgs } from './objects.js'

const near = (kind, term) => ({
  affinity: {
    [kind]: {
      requiredDuringSchedulingIgnoredDuringExecution: [
        { topologyKey: 'kubernetes.io/hostname', ...term },
      ],
    },
  },
})

const selectors = ['In', 'NotIn', 'Exists', 'DoesNotExist'].map((operator) => {
  const values = operator.endsWith('In') ? { values: ['red'] } : {}
  const labelSelector = { matchExpressions: [{ key: 'color', operator, ...values }] }
  return scenario(`anti-affinity-${operator}`, [
    ...['a', 'b', 'c'].map((name) => node(name)),
    pod('red', { nodeName: 'a' }, { labels: { color: 'red' } }),
    pod('blue', { nodeName: 'b' }, { labels: { color: 'blue' } }),
    pod('plain', { nodeName: 'c' }),
    pod('new', near('podAntiAffinity', { labelSelector })),
  ])
})

const labelSelector = { matchLabels: { app: 'x' } }
const lacking = { matchExpressions: [{ key: 'no', operator: 'DoesNotExist' }] }
const namespaces = scenario('namespaces', [
  namespace('default'),
  node('a'),
  node('b'),
  pod('x', { nodeName: 'a' }, { namespace: 'unheard', labels: { app: 'x' } }),
  pod('near-all', near('podAffinity', { labelSelector, namespaceSelector: {} })),
  pod('near-some', near('podAffinity', { labelSelector, namespaceSelector: lacking })),
])

const grouped = [
  ['everywhere', [{ labelSelector, namespaceSelector: {} }]],
  ['elsewhere', [{ labelSelector, namespaces: ['prod'] }]],
  ['of-two', [{ labelSelector }, { labelSelector: { matchLabels: { app: 'y' } } }]],
].map(([name, terms]) => {
  const requiredDuringSchedulingIgnoredDuringExecution = terms.map((term) => ({
    topologyKey: 'kubernetes.io/hostname',
    ...term,
  }))
  const spec = { affinity: { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution } } }
  return scenario(`first-of-group-${name}`, [
    node('a'),
    pod('first', spec, { labels: { app: 'x' } }),
  ])
})

const preferring = (kind, weight, app) => ({
  affinity: {
    [kind]: {
      preferredDuringSchedulingIgnoredDuringExecution: [
        {
          weight,
          podAffinityTerm: {
            labelSelector: { matchLabels: { app } },
            topologyKey: 'kubernetes.io/hostname',
          },
        },
      ],
    },
  },
})
const preferences = [true, false].map((ignorePreferredTermsOfExistingPods) =>
  scenario(
    `preferences-ignoring-${ignorePreferredTermsOfExistingPods}`,
    [
      node('a'),
      node('b'),
      pod(
        'there',
        { nodeName: 'a', ...preferring('podAffinity', 5, 'x') },
        { labels: { app: 'y' } },
      ),
      pod('away', {
        nodeName: 'b',
        ...near('podAntiAffinity', { labelSelector: { matchLabels: { app: 'z' } } }),
      }),
      pod('plain', {}, { labels: { app: 'x' } }),
      pod('required', near('podAntiAffinity', { labelSelector: { matchLabels: { app: 'q' } } }), {
        labels: { app: 'x' },
      }),
      pod('preferring', preferring('podAntiAffinity', 9, 'y'), { labels: { app: 'x' } }),
      pod('kept', {}, { labels: { app: 'z' } }),
    ],
    withArgs('InterPodAffinity', { ignorePreferredTermsOfExistingPods }),
  ),
)

const rack = (name, value) => node(name, { labels: { rack: value } })
const spreading = (whenUnsatisfiable, topologyKey, rest = { labelSelector }) => ({
  topologySpreadConstraints: [{ maxSkew: 1, topologyKey, whenUnsatisfiable, ...rest }],
})
const x = { labels: { app: 'x' } }
const spread = [
  scenario('spread-beside-others', [
    rack('a', 'a'),
    rack('b', 'b'),
    pod('same', { nodeName: 'a', priority: 9 }, x),
    pod('other', { nodeName: 'a' }),
    pod('large', { nodeName: 'b', priority: 9 }, requesting({ cpu: '4' })),
    pod(
      'new',
      { priority: 5, ...spreading('DoNotSchedule', 'rack') },
      { ...x, ...requesting({ cpu: '1' }) },
    ),
  ]),
  scenario('spread-of-one-host-name', [
    ...['a', 'b', 'c'].map((name) =>
      node(name, { labels: { 'kubernetes.io/hostname': name === 'c' ? 'c' : 'shared' } }),
    ),
    pod('one', { nodeName: 'a' }, x),
    pod('two', { nodeName: 'a' }, x),
    pod('new', spreading('ScheduleAnyway', 'kubernetes.io/hostname'), x),
  ]),
  scenario('spread-of-no-selector', [
    rack('a', 'a'),
    rack('b', 'b'),
    pod('there', { nodeName: 'a' }, x),
    pod('new', spreading('DoNotSchedule', 'rack', {}), x),
    pod('soft', spreading('ScheduleAnyway', 'rack', {}), x),
  ]),
  scenario(
    'spread-by-defaults',
    [
      {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: 's', namespace: 'default' },
        spec: { selector: { app: 'x' } },
      },
      rack('a', 'a'),
      rack('b', 'b'),
      node('c'),
      pod('there', { nodeName: 'a' }, x),
      pod('beside', { nodeName: 'c' }, x),
      pod('new', {}, x),
    ],
    withArgs('PodTopologySpread', {
      defaultingType: 'List',
      defaultConstraints: ['rack', 'kubernetes.io/hostname'].map((topologyKey) => ({
        ...{ maxSkew: 1, topologyKey, whenUnsatisfiable: 'ScheduleAnyway' },
      })),
    }),
  ),
]

const features = [
  'RestartAllContainersOnContainerExits',
  'UserNamespacesHostNetworkSupport',
  'VolumeBindMountOptions',
]
const featured = [
  node('none'),
  ...features.map((one) => node(one.toLowerCase(), { declaredFeatures: [one] })),
  node('every', { declaredFeatures: [...features, features[0]] }),
]
const mounts = (...all) => ({
  volumeMounts: all.map((rest, i) => ({ name: `v${i}`, mountPath: `/v${i}`, ...rest })),
})
const hostPaths = {
  volumes: ['v0', 'v1'].map((name) => ({ name, hostPath: { path: `/${name}` } })),
}
const options = { bindMountOptions: ['noexec'] }
const declared = [
  scenario('features-mount', [
    ...featured,
    pod('plain', hostPaths, { container: mounts({}) }),
    pod('empty', hostPaths, { container: mounts({ bindMountOptions: [] }) }),
    pod('second', hostPaths, { container: mounts({}, options) }),
    pod('in-second', {
      ...hostPaths,
      containers: [
        { name: 'c', image: 'pause:1' },
        { name: 'd', image: 'pause:1', ...mounts(options) },
      ],
    }),
  ]),
  scenario('features-restart', [
    ...featured,
    ...['RestartAllContainers', 'Restart'].map((action) => {
      const rule = { action, exitCodes: { operator: 'In', values: [42] } }
      const container = { restartPolicy: 'Never', restartPolicyRules: [rule] }
      return pod(action.toLowerCase(), {}, { container })
    }),
  ]),
  scenario('features-users', [
    ...featured,
    pod('both', { hostNetwork: true, hostUsers: false }),
    pod('users', { hostNetwork: true, hostUsers: true }),
    pod('unsaid', { hostNetwork: true }),
    pod('no-network', { hostNetwork: false, hostUsers: false }),
    pod('users-alone', { hostUsers: false }),
  ]),
]

const required = (...nodeSelectorTerms) => ({
  affinity: {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } },
  },
})
const field = (operator, values, key = 'metadata.name') => ({
  matchFields: [{ key, operator, values }],
})
const affine = [
  ['near', [field('Near', ['a'])]],
  ['not-in', [field('NotIn', ['a'])]],
  ['exists', [field('Exists', [])]],
  ['uid', [field('In', ['a'], 'metadata.uid')]],
  ['not-in-two', [field('NotIn', ['a', 'b'])]],
  ['in-two', [field('In', ['a', 'b'])]],
  ['no-terms', []],
  ['in-none', [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In' }] }]],
  ['not-in-none', [{ matchExpressions: [{ key: 'disk', operator: 'NotIn', values: [] }] }]],
].map(([name, terms]) =>
  scenario(`node-affinity-${name}`, [node('a'), node('b'), pod('p', required(...terms))]),
)

const cordon = 'node.kubernetes.io/unschedulable'
const onA = { nodeSelector: { 'kubernetes.io/hostname': 'a' } }
const cordoned = scenario('cordon', [
  node('a', { spec: { unschedulable: true } }),
  node('b'),
  pod('plain'),
  pod('tolerant', {
    ...onA,
    tolerations: [{ key: cordon, operator: 'Exists', effect: 'NoSchedule' }],
  }),
  ...[
    { key: cordon, operator: 'Equal', value: 'x' },
    { key: cordon, operator: 'Equal', value: '' },
    { key: cordon },
    { key: cordon, effect: 'NoExecute' },
  ].map((toleration, i) => pod(`equal-${i}`, { ...onA, tolerations: [toleration] })),
])

const ephemeral = 'ephemeral-storage'
const scored = ['NodeResourcesFit', 'NodeResourcesBalancedAllocation'].flatMap((plugin) => {
  const resources = [ephemeral, 'cpu', 'example.com/gpu', 'foo'].map((name) => ({ name }))
  const args =
    plugin === 'NodeResourcesFit'
      ? { scoringStrategy: { type: 'LeastAllocated', resources } }
      : { resources }
  return [
    scenario(
      `scored-${plugin}`,
      [
        node('a', { allocatable: { [ephemeral]: '10Gi', foo: '9' } }),
        node('b'),
        pod('there', { nodeName: 'a' }, requesting({ [ephemeral]: '2Gi' })),
        pod('cpu', {}, requesting({ cpu: '1' })),
        pod('storage', {}, requesting({ cpu: '1', [ephemeral]: '3Gi' })),
        pod('nothing'),
        pod('of-no-resource', {}, requesting({ cpu: '1', foo: '2' })),
      ],
      withArgs(plugin, args),
    ),
  ]
})

const ignoring = {
  nothing: {},
  groups: {
    ignoredResources: ['hugepages-2Mi', 'attachable-volumes-x', 'node.kubernetes.io/x', 'cpu'],
    ignoredResourceGroups: ['example.com', 'node.kubernetes.io'],
  },
  name: { ignoredResources: ['example.org/gpu'] },
}
const resources = [
  ['quota', { 'requests.example.com/gpu': '1' }],
  ['huge', { 'hugepages-2Mi': '4Mi' }],
  ['volumes', { 'attachable-volumes-x': '1' }],
  ['native', { 'node.kubernetes.io/x': '1' }],
  ['odd', { 'example.com/-x': '1' }],
  ['deep', { 'a/b/c': '1' }],
  ['plain', { gpu: '1' }],
  ['extended', { 'example.com/gpu': '1' }],
  ['several', { 'example.com/gpu': '1', 'example.org/gpu': '1', cpu: '9' }],
].flatMap(([name, requests]) =>
  Object.entries(ignoring).map(([ignored, args]) =>
    scenario(
      `resource-${name}-ignoring-${ignored}`,
      [node('a'), node('b', { allocatable: requests }), pod('p', {}, requesting(requests))],
      withArgs('NodeResourcesFit', args),
    ),
  ),
)

const lying = (...images) => ({
  images: images.map(([name, sizeBytes]) => ({ names: [name], sizeBytes })),
})
const images = scenario('images', [
  node('a', lying(['one:latest', 500e6], ['three:1', 100e6])),
  node('b', lying(['two:latest', 900e6])),
  node('c'),
  ...[
    'one',
    'two',
    'one two',
    'two one',
    'one one',
    'registry.example:5000/one',
    'three:1 one',
  ].map((names, i) =>
    pod(`p${i}`, {
      containers: names.split(' ').map((image, k) => ({ name: `c${k}`, image })),
    }),
  ),
  pod('mounted', {
    containers: [{ name: 'c', image: 'nobody' }],
    volumes: [{ name: 'v', image: { reference: 'two' } }],
  }),
])

export const podScenarios = [
  ...selectors,
  namespaces,
  ...grouped,
  ...preferences,
  ...spread,
  ...declared,
  ...affine,
  cordoned,
  ...scored,
  ...resources,
  images,
]
