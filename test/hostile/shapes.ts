/**
 * Defines hostile inputs, each for any size. Each once made the program take time in the square of
 * the size, overflow the stack or fill the memory. `test/hostile.test.ts` checks that each is
 * answered or refused, and `npm run bench:hostile` measures how the running time grows.
 */

/** An input by its size, and what comes of it. */
export interface HostileShape {
  readonly name: string
  /** The text for a size. */
  readonly text: (size: number) => string
  /** A size at which the work is no longer that of the start. */
  readonly size: number
  /** The exit status: 0 or 1 for an answer, 2 for a refusal. */
  readonly status: 0 | 1 | 2
  /** A part of what is printed, on either stream. */
  readonly says: string | RegExp
  /** Whether the size passes a bound at once, so that there is no work that could grow. */
  readonly isBounded?: true
  /**
   * Whether the work is that of pairs, by its nature: each pod has a claim of its own, and is held
   * against each node. Twice the size is then four times the work.
   */
  readonly isOfPairs?: true
  /** Arguments after `plan -`; by default two new machines. */
  readonly args?: readonly string[]
}

const times = <Item>(count: number, item: (index: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, i) => item(i))

const containers = (more: object = {}): readonly object[] => [{ name: 'c', image: 'i', ...more }]

const pod = (name: string, spec: object = {}, metadata: object = {}): object => ({
  ...{ apiVersion: 'v1', kind: 'Pod', metadata: { name, ...metadata } },
  spec: { containers: containers(), ...spec },
})

const node = (name: string, allocatable: object = {}): object => ({
  ...{ apiVersion: 'v1', kind: 'Node' },
  metadata: { name, labels: { 'kubernetes.io/hostname': name } },
  status: { allocatable: { cpu: '2', memory: '4Gi', pods: '110', ...allocatable } },
})

const requests = (cpu: string): readonly object[] =>
  containers({ resources: { requests: { cpu } } })

const definition = (family: string): object => ({
  family,
  containerDefinitions: [{ name: 'c', memory: 128 }],
})

const template = (Resources: object): string =>
  JSON.stringify({ AWSTemplateFormatVersion: '2010-09-09', Resources })

const ofFamily = (Family: unknown): string =>
  template({
    T: {
      Type: 'AWS::ECS::TaskDefinition',
      Properties: { Family, ContainerDefinitions: [{ Name: 'c', Memory: 128 }] },
    },
  })

const replicaSet = (name: string, owner: string): object => ({
  ...{ apiVersion: 'apps/v1', kind: 'ReplicaSet' },
  metadata: {
    ...{ name, uid: name },
    ownerReferences: [
      { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner, uid: owner, controller: true },
    ],
  },
  spec: {
    replicas: 1,
    selector: { matchLabels: { a: 'b' } },
    template: { metadata: { labels: { a: 'b' } }, spec: { containers: containers() } },
  },
})

const antiAffinity = (size: number): object => ({
  affinity: {
    podAntiAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: times(size, (i) => ({
        topologyKey: 'kubernetes.io/hostname',
        labelSelector: { matchLabels: { a: `v${i}` } },
      })),
    },
  },
})

const shapeOfPoints = (size: number): object => ({
  ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
  profiles: [
    {
      pluginConfig: [
        {
          name: 'NodeResourcesFit',
          args: {
            scoringStrategy: {
              type: 'RequestedToCapacityRatio',
              resources: [{ name: 'cpu', weight: 1 }],
              requestedToCapacityRatio: {
                shape: times(size, (i) => ({ utilization: i, score: i % 10 })),
              },
            },
          },
        },
      ],
    },
  ],
})

const configurationOf = (pluginConfig: readonly object[], more: object = {}): object => ({
  ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
  ...{ profiles: [{ pluginConfig }], ...more },
})

const localVolumes = (size: number): readonly object[] => [
  {
    ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'local' } },
    ...{ provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' },
  },
  ...times(size, (i) => [
    node(`n${i}`),
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolume', metadata: { name: `pv${i}` } },
      spec: {
        ...{ capacity: { storage: '2Gi' }, accessModes: ['ReadWriteOnce'] },
        ...{ storageClassName: 'local', local: { path: '/mnt/data' } },
        nodeAffinity: {
          required: {
            nodeSelectorTerms: [
              {
                matchExpressions: [
                  { key: 'kubernetes.io/hostname', operator: 'In', values: [`n${i}`] },
                ],
              },
            ],
          },
        },
      },
    },
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: `c${i}` } },
      spec: {
        ...{ accessModes: ['ReadWriteOnce'], storageClassName: 'local' },
        resources: { requests: { storage: '1Gi' } },
      },
    },
    pod(`p${i}`, { volumes: [{ name: 'v', persistentVolumeClaim: { claimName: `c${i}` } }] }),
  ]).flat(),
]

const fullCluster = (size: number): readonly object[] => [
  {
    ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'hi' } },
    value: 1000,
  },
  ...times(size, (i) => [
    node(`n${i}`),
    ...times(4, (j) => pod(`r${i}-${j}`, { nodeName: `n${i}`, containers: requests('490m') })),
  ]).flat(),
  pod('h', { priorityClassName: 'hi', containers: requests('1500m') }),
]

/** Some nodes, each full of so many pods that a pod of a higher priority could replace. */
const crowdedNodes = (size: number): readonly object[] => [
  {
    ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass', metadata: { name: 'hi' } },
    value: 1000,
  },
  ...times(8, (i) => [
    node(`n${i}`, { pods: String(size) }),
    ...times(size, (j) =>
      pod(`r${i}-${j}`, { nodeName: `n${i}`, containers: requests(`${Math.floor(1e6 / size)}u`) }),
    ),
  ]).flat(),
  pod('h', { priorityClassName: 'hi', containers: requests('1500m') }),
]

/** Nodes with five extended resources each that no other node has. */
const ownResources = (size: number): readonly object[] => [
  ...times(size, (i) =>
    node(`n${i}`, Object.fromEntries(times(5, (j) => [`example.com/r${i}-${j}`, '1'] as const))),
  ),
  pod('web'),
]

/** `Fn::Sub` within each other, each of which writes the next ten times. */
const nestedSub = (levels: number): unknown =>
  levels === 0 ? 'a'.repeat(10) : { 'Fn::Sub': ['${x}'.repeat(10), { x: nestedSub(levels - 1) }] }

const stream = (documents: readonly object[]): string =>
  documents.map((one) => JSON.stringify(one)).join('\n---\n')

/** All shapes. */
export const hostileShapes: readonly HostileShape[] = [
  {
    name: 'lists of objects within each other',
    text: (size) =>
      '{"apiVersion":"v1","kind":"List","items":['.repeat(size) +
      JSON.stringify(pod('web')) +
      ']}'.repeat(size),
    size: 400,
    status: 2,
    says: 'at most 250 levels of nesting',
  },
  {
    name: 'lists within each other',
    text: (size) => '['.repeat(size) + ']'.repeat(size),
    size: 3_000,
    status: 2,
    says: 'at most 250 levels of nesting',
  },
  {
    name: 'a pod that preempts on a full cluster',
    text: (size) => JSON.stringify(fullCluster(size)),
    size: 250,
    status: 1,
    says: 'no place for 1',
    args: [],
  },
  {
    name: 'services of unknown task definitions with long names',
    text: (size) =>
      JSON.stringify(
        times(size, (i) => [
          definition(`f${i}${'x'.repeat(250)}`.slice(0, 250)),
          { serviceName: `s${i}`, taskDefinition: 'y'.repeat(250), desiredCount: 1 },
        ]).flat(),
      ),
    size: 500,
    status: 2,
    says: 'a task definition among the documents',
  },
  {
    name: 'braces of Fn::Sub that are never closed',
    text: (size) => ofFamily({ 'Fn::Sub': '${a'.repeat(size) }),
    size: 50_000,
    status: 2,
    says: 'Properties.Family',
  },
  {
    name: 'dynamic references that are never closed',
    text: (size) => ofFamily('{{resolve:'.repeat(size)),
    size: 50_000,
    status: 2,
    says: 'Properties.Family',
  },
  {
    name: 'actions of a template that are never closed',
    text: (size) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${'{{ a '.repeat(size)}}\n`,
    size: 20_000,
    status: 2,
    says: 'expected YAML',
  },
  {
    name: 'blanks within a quantity',
    text: (size) => JSON.stringify(pod('web', { containers: requests(`1${' '.repeat(size)}x`) })),
    size: 100_000,
    status: 2,
    says: 'a quantity of 0 or more',
  },
  {
    name: 'digits of a duration without a unit',
    text: (size) =>
      stream([
        pod('web'),
        {
          ...{ apiVersion: 'kubescheduler.config.k8s.io/v1', kind: 'KubeSchedulerConfiguration' },
          leaderElection: { leaseDuration: '1'.repeat(size) },
        },
      ]),
    size: 100_000,
    status: 2,
    says: 'a duration, such as',
  },
  {
    name: 'containers of one name',
    text: (size) =>
      JSON.stringify([
        { family: 'web', containerDefinitions: times(size, () => ({ name: 'c', memory: 128 })) },
      ]),
    size: 20_000,
    status: 2,
    says: 'a name that no other container of the task has',
  },
  {
    name: 'a chain of owners',
    text: (size) => JSON.stringify(times(size, (i) => replicaSet(`r${i}`, `r${i + 1}`))),
    size: 1_000,
    status: 0,
    says: 'placed',
    args: ['--nodes', 'm5.24xlarge=20'],
  },
  {
    name: 'an object that owns itself beside pods',
    text: (size) => JSON.stringify([replicaSet('a', 'a'), ...times(size, (i) => pod(`p${i}`))]),
    size: 2_000,
    status: 0,
    says: 'placed',
    args: ['--nodes', 'm5.24xlarge=20'],
  },
  {
    name: 'circles of a template that share their names',
    text: (size) =>
      template(
        Object.fromEntries(
          times(size, (i) => [
            `R${i}`,
            {
              Type: 'AWS::SQS::Queue',
              DependsOn: i < size - 1 ? `R${i + 1}` : times(size, (other) => `R${other}`),
            },
          ]),
        ),
      ),
    size: 5_000,
    status: 2,
    says: /a circle, (?:R\d+ -> ){20}\d+ more -> R\d+/,
  },
  {
    name: 'points of a score curve that are out of range',
    text: (size) => stream([pod('web'), shapeOfPoints(size)]),
    size: 2_000,
    status: 2,
    says: 'a number from 0 to 100',
  },
  {
    name: 'names in one cell of a table',
    text: (size) =>
      JSON.stringify([node('a', { pods: String(size) }), ...times(size, (i) => pod(`p${i}`))]),
    size: 3_000,
    status: 0,
    says: 'placed',
    args: [],
  },
  {
    name: 'terms of anti-affinity of one pod',
    text: (size) => JSON.stringify([node('a'), pod('web', antiAffinity(size))]),
    size: 4_000,
    status: 0,
    says: 'placed',
    args: [],
  },
  {
    name: 'spread constraints of one pod',
    isBounded: true,
    text: (size) =>
      JSON.stringify([
        node('a'),
        pod('web', {
          topologySpreadConstraints: times(size, (i) => ({
            ...{ maxSkew: 1, topologyKey: `k${i}`, whenUnsatisfiable: 'ScheduleAnyway' },
            labelSelector: {},
          })),
        }),
      ]),
    size: 1_001,
    status: 2,
    says: 'a list of at most 1000 constraints',
    args: [],
  },
  {
    name: 'resources of one container',
    isBounded: true,
    text: (size) => {
      const each = Object.fromEntries(times(size, (i) => [`example.com/r${i}`, '1']))
      const resources = { requests: each, limits: each }
      return JSON.stringify([node('a'), pod('web', { containers: containers({ resources }) })])
    },
    size: 1_001,
    status: 2,
    says: 'an object with at most 1000 resources',
    args: [],
  },
  {
    name: 'keys of a mapping in YAML',
    text: (size) =>
      `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata:\n${times(size, (i) => `  k${i}: "1"\n`).join('')}`,
    size: 10_000,
    status: 2,
    says: 'none of which wants a place',
  },
  {
    name: 'anchors and aliases in YAML',
    text: (size) => times(size, (i) => `- &a${i} x\n- *a${i}\n`).join(''),
    size: 5_001,
    status: 2,
    says: 'at most 10000 of them in a document',
  },
  {
    name: 'aliases of aliases',
    isBounded: true,
    text: (size) =>
      `a0: &a0 [1]\n${times(size, (i) => `a${i + 1}: &a${i + 1} [${times(10, () => `*a${i}`).join(', ')}]\n`).join('')}`,
    size: 12,
    status: 2,
    says: 'at most 1000000 values in a document',
  },
  {
    name: 'nodes, local volumes, claims and pods',
    isOfPairs: true,
    text: (size) => JSON.stringify(localVolumes(size)),
    size: 100,
    status: 0,
    says: '100 pods placed',
    args: [],
  },
  {
    name: 'replicas of one Deployment',
    isBounded: true,
    text: (size) =>
      JSON.stringify([
        {
          ...{ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web' } },
          spec: {
            replicas: size,
            selector: { matchLabels: { a: 'b' } },
            template: { metadata: { labels: { a: 'b' } }, spec: { containers: containers() } },
          },
        },
      ]),
    size: 2_147_483_647,
    status: 2,
    says: 'at most 1000000: pods are placed one by one',
  },
  {
    name: 'tasks of one service',
    isBounded: true,
    text: (size) =>
      JSON.stringify([
        definition('web'),
        { serviceName: 'web', taskDefinition: 'web', desiredCount: size },
      ]),
    size: 2_147_483_647,
    status: 2,
    says: 'at most 1000000: tasks are placed one by one',
  },
  {
    name: 'documents of YAML',
    isBounded: true,
    text: (size) => '--- {}\n'.repeat(size),
    size: 300_001,
    status: 2,
    says: '300001 objects in all',
  },
  {
    name: 'items of a list',
    isBounded: true,
    text: (size) => `{"apiVersion":"v1","kind":"List","items":[${'{},'.repeat(size - 1)}{}]}`,
    size: 300_001,
    status: 2,
    says: '300001 objects in all',
  },
  {
    name: 'items of a list in YAML',
    isBounded: true,
    text: (size) => `apiVersion: v1\nkind: List\nitems:\n${'- {}\n'.repeat(size)}`,
    size: 300_001,
    status: 2,
    says: '300001 objects in all',
  },
  {
    name: 'pods of a full node of which some could be preempted',
    text: (size) => JSON.stringify(crowdedNodes(size)),
    size: 100,
    status: 1,
    says: 'no place for 1',
    args: [],
  },
  {
    name: 'resources that one node alone has',
    text: (size) => JSON.stringify(ownResources(size)),
    size: 500,
    status: 0,
    says: 'placed',
    args: [],
  },
  {
    name: 'aliases of one anchor',
    text: (size) =>
      `apiVersion: v1\nkind: List\nx: &requests {cpu: 1m}\nitems:\n${times(
        size,
        (i) =>
          `  - {apiVersion: v1, kind: Pod, metadata: {name: p${i}}, spec: {containers: [{name: c, image: i, resources: {requests: *requests}}]}}\n`,
      ).join('')}`,
    size: 1_000,
    status: 0,
    says: 'all 1000 pods placed',
    args: ['--fargate'],
  },
  {
    name: 'priority classes that are all the default',
    text: (size) =>
      JSON.stringify([
        ...times(size, (i) => ({
          ...{ apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
          ...{ metadata: { name: `p${i}` }, value: i, globalDefault: true },
        })),
        pod('web'),
      ]),
    size: 5_000,
    status: 0,
    says: 'placed',
  },
  {
    name: 'constraints of a service that cannot be parsed',
    text: (size) =>
      JSON.stringify([
        definition('web'),
        {
          ...{ serviceName: 's', taskDefinition: 'web', desiredCount: 1 },
          placementConstraints: times(size, () => ({ type: 'memberOf', expression: '((' })),
        },
      ]),
    size: 5_000,
    status: 2,
    says: 'placementConstraints',
  },
  {
    name: 'scheduling gates of one pod',
    text: (size) =>
      JSON.stringify([
        node('a'),
        pod('web', { schedulingGates: times(size, (i) => ({ name: `example.com/g${i}` })) }),
      ]),
    size: 3_000,
    status: 1,
    says: 'example.com/g0',
    args: [],
  },
  {
    name: 'default constraints of a profile that are equal',
    text: (size) => {
      const one = { maxSkew: 1, topologyKey: 'zone', whenUnsatisfiable: 'ScheduleAnyway' }
      const args = { defaultingType: 'List', defaultConstraints: times(size, () => one) }
      return stream([pod('web'), configurationOf([{ name: 'PodTopologySpread', args }])])
    },
    size: 4_000,
    status: 2,
    says: 'a pair that no other constraint has',
  },
  {
    name: 'resources to balance',
    text: (size) => {
      const resources = times(size, (i) => ({ name: `example.com/r${i}`, weight: 2 }))
      const name = 'NodeResourcesBalancedAllocation'
      return stream([pod('web'), configurationOf([{ name, args: { resources } }])])
    },
    size: 4_000,
    status: 2,
    says: 'weight: found 2, expected 1',
  },
  {
    name: 'resources that an extender manages',
    text: (size) => {
      const managedResources = times(size, (i) => ({ name: `example.com/r${i % (size / 2)}` }))
      const extenders = [{ urlPrefix: 'http://x', filterVerb: 'f', managedResources }]
      return stream([pod('web'), configurationOf([], { extenders })])
    },
    size: 4_000,
    status: 2,
    says: 'the name of an extended resource, once',
  },
  {
    name: 'args of one plugin, again and again',
    text: (size) =>
      stream([
        pod('web'),
        configurationOf(times(size, () => ({ name: 'InterPodAffinity', args: {} }))),
      ]),
    size: 10_000,
    status: 2,
    says: 'InterPodAffinity',
  },
  {
    name: 'an instance with the name of a new machine',
    isBounded: true,
    text: () =>
      JSON.stringify([
        definition('web'),
        { serviceName: 's', taskDefinition: 'web', desiredCount: 1 },
        {
          ec2InstanceId: 'm5.large-1',
          registeredResources: [
            { name: 'CPU', integerValue: 2048 },
            { name: 'MEMORY', integerValue: 4096 },
          ],
        },
      ]),
    size: 1,
    status: 2,
    says: 'm5.large-1',
    args: ['--nodes', 'm5.large=1'],
  },
  {
    name: 'allowed values that cannot be made texts',
    isBounded: true,
    text: () =>
      JSON.stringify({
        AWSTemplateFormatVersion: '2010-09-09',
        Parameters: { P: { Type: 'String', Default: 'x', AllowedValues: [{ toString: 0 }] } },
        Resources: {},
      }),
    size: 1,
    status: 2,
    says: 'Parameters.P.AllowedValues[0]: found an object, expected',
  },
  {
    name: 'Fn::Sub within each other',
    isBounded: true,
    text: (levels) => ofFamily(nestedSub(levels)),
    size: 8,
    status: 2,
    says: 'would be longer than 1048576 letters',
  },
  {
    name: 'Fn::Join of a long list with a long text',
    isBounded: true,
    text: (size) => ofFamily({ 'Fn::Join': ['x'.repeat(size), times(size, String)] }),
    size: 10_000,
    status: 2,
    says: 'would be longer than 1048576 letters',
  },
  {
    name: 'machines of several parts',
    isBounded: true,
    text: () => JSON.stringify(pod('web')),
    size: 1,
    status: 2,
    says: 'at most 100000 machines',
    args: ['--nodes', 'm5.large=99999,m5.large=99999'],
  },
]

/** The shapes of any size, with one of these words in their names; all without a word. */
export const growingShapes = (words: readonly string[] = []): readonly HostileShape[] =>
  hostileShapes.filter(
    ({ name, isBounded }) =>
      isBounded !== true && (words.length === 0 || words.some((word) => name.includes(word))),
  )
