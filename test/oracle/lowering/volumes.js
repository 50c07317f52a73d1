/**
 * Defines scenarios (Kubernetes objects and pods to schedule) for edge cases of a pod's volumes,
 * such as bound and unbound claims, provisioning, ephemeral claims, zones and attachment limits.
 */
import {
  attachment,
  bound,
  claim,
  csiDriver,
  csiNode,
  having,
  mounting,
  node,
  pod,
  reachedBy,
  scenario,
  storageCapacity,
  storageClass,
  using,
  volume,
  withArgs,
  without,
} from './objects.js'

const zone = 'topology.kubernetes.io/zone'
const region = 'topology.kubernetes.io/region'
const olderZone = 'failure-domain.beta.kubernetes.io/zone'
const olderRegion = 'failure-domain.beta.kubernetes.io/region'
const zoned = [
  node('a', { labels: { zone: 'a', [zone]: 'a', [region]: 'r' } }),
  node('b', { labels: { zone: 'b', [zone]: 'b', [region]: 'r' } }),
  node('c'),
]
const inA = reachedBy(having('zone', 'a'))
const inB = reachedBy(having('zone', 'b'))

/** One pod that uses all claims, in their order. */
const wanting = (id, objects, rest) =>
  scenario(
    id,
    [
      ...zoned,
      ...objects,
      pod(
        'p',
        using(
          ...objects
            .filter(({ kind }) => kind === 'PersistentVolumeClaim')
            .map(({ metadata }) => metadata.name),
        ),
      ),
    ],
    rest,
  )

const named = { matchFields: [{ key: 'metadata.name', operator: 'In', values: ['a'] }] }
const reach = [
  wanting('bound-reach', [bound('one', 'v1'), volume('v1', inA)]),
  wanting('bound-gone', [bound('one', 'v1'), bound('two', 'v2'), volume('v1', inA)]),
  wanting('bound-gone-first', [bound('two', 'v2'), bound('one', 'v1'), volume('v1', inA)]),
  ...[
    ['none', []],
    ['empty', [{}]],
    ['fields', [named]],
    ['both', [{ ...named, matchExpressions: [{ key: 'zone', operator: 'Exists' }] }]],
    ['or-empty', [having('zone', 'b'), {}]],
  ].map(([name, terms]) =>
    wanting(`bound-terms-${name}`, [bound('one', 'v1'), volume('v1', reachedBy(...terms))]),
  ),
]

const zones = [
  { [zone]: 'a' },
  { [olderZone]: 'a' },
  { [zone]: 'a__b' },
  { [zone]: 'a__' },
  { [zone]: ' b __ a ' },
  { [region]: 'x' },
  { [olderRegion]: 'r', [zone]: 'b' },
].map((labels, i) =>
  wanting(`zones-${i}`, [
    node('d', { labels: { [olderZone]: 'a' } }),
    node('e', { labels: { [olderZone]: 'z', [zone]: 'a' } }),
    bound('one', 'v1'),
    volume('v1', {}, { labels }),
  ]),
)

const local = storageClass('local')
const asking = { storageClassName: 'local' }
const one = claim('one', asking)
const sized = (storage, rest = {}) => ({ ...asking, capacity: { storage }, ...rest })
const leaving = { deletionTimestamp: '2020-01-01T00:00:00Z', finalizers: ['x/y'] }
const annotated = { annotations: { 'volume.beta.kubernetes.io/storage-class': 'local' } }
const both = { accessModes: ['ReadWriteMany', 'ReadWriteOnce'] }
const large = { resources: { requests: { storage: '5Gi' } } }
const matches = Object.entries({
  none: [one],
  one: [one, volume('v1', { ...asking, ...inB })],
  leaving: [one, volume('v1', asking, leaving)],
  released: [one, volume('v1', asking, {}, 'Released')],
  'access-mode': [
    claim('one', { ...asking, accessModes: ['ReadWriteMany'] }),
    volume('v1', asking),
  ],
  'access-modes': [
    claim('one', { ...asking, ...both }),
    volume('v1', asking),
    volume('v2', { ...asking, ...inB, ...both }),
  ],
  'volume-mode': [
    claim('one', { ...asking, volumeMode: 'Block' }),
    volume('v1', asking),
    volume('v2', { ...asking, ...inB, volumeMode: 'Block' }),
  ],
  selector: [
    claim('one', { ...asking, selector: { matchLabels: { tier: 'x' } } }),
    volume('v1', asking),
    volume('v2', { ...asking, ...inB }, { labels: { tier: 'x' } }),
  ],
  attributes: [
    claim('one', { ...asking, volumeAttributesClassName: 'gold' }),
    volume('v1', asking),
    volume('v2', { ...asking, ...inB, volumeAttributesClassName: 'gold' }),
  ],
  'attributes-of-volume': [one, volume('v1', { ...asking, volumeAttributesClassName: 'gold' })],
  smallest: [
    one,
    volume('v0', sized('500Mi')),
    volume('v1', sized('9Gi')),
    volume('v2', sized('2Gi', inB)),
  ],
  unsized: [claim('one', { ...asking, resources: {} }), volume('v1', { ...asking, capacity: {} })],
  'smaller-claim-first': [
    claim('large', { ...asking, ...large }),
    claim('small', asking),
    volume('v1', sized('5Gi')),
    volume('v2', sized('9Gi', inB)),
  ],
  two: [one, claim('two', asking), volume('v1', asking), volume('v2', { ...asking, ...inB })],
  annotated: [claim('one', {}, annotated), volume('v1', inB, annotated)],
  'class-of-nobody': [claim('one', { storageClassName: 'nobody' })],
  classless: [claim('one', { storageClassName: '' }), volume('v1', {})],
  'half-bound': [claim('one', { ...asking, volumeName: 'v1' }), volume('v1', asking)],
  immediate: [
    storageClass('now', { volumeBindingMode: 'Immediate' }),
    claim('one', { storageClassName: 'now' }),
    volume('v1', { storageClassName: 'now' }),
  ],
}).map(([name, objects]) => wanting(`match-${name}`, [local, ...objects]))
const reservations = Object.entries({
  own: { namespace: 'default', name: 'one', uid: 'u-one' },
  'no-uid': { namespace: 'default', name: 'one' },
  stale: { namespace: 'default', name: 'one', uid: 'u-other' },
  other: { namespace: 'default', name: 'two' },
  far: { namespace: 'prod', name: 'one' },
}).map(([name, claimRef]) =>
  wanting(`match-reserved-${name}`, [
    ...[local, one, volume('v1', sized('5Gi', { ...inB, claimRef }))],
    volume('v2', { ...asking, ...inA }),
  ]),
)

const driver = 'disk.example.com'
const maker = (rest = {}) => storageClass('made', { provisioner: driver, ...rest })
const wants = { storageClassName: 'made' }
const first = claim('one', wants)
const selected = (name, nodeName) =>
  claim(name, wants, { annotations: { 'volume.kubernetes.io/selected-node': nodeName } })
const allowed = (...groups) => ({
  allowedTopologies: groups.map((group) => ({
    matchLabelExpressions: group.map(([key, ...values]) => ({ key, values })),
  })),
})
const tracked = csiDriver(driver, { storageCapacity: true })
const made = Object.entries({
  anywhere: [maker(), first],
  'by-nobody': [maker({ provisioner: '' }), first],
  'in-zone': [maker(allowed([['zone', 'b']])), first],
  'in-groups': [
    maker(
      allowed(
        [
          ['zone', 'b'],
          [region, 'r'],
        ],
        [
          ['zone', 'a'],
          [region, 'x'],
        ],
        [],
      ),
    ),
    first,
  ],
  nowhere: [maker(allowed([])), first],
  selected: [maker(), selected('one', 'b')],
  'selected-twice': [maker(), selected('one', 'b'), selected('two', 'a')],
  'selected-beside-bound': [
    ...[maker(), local, selected('one', 'b'), claim('two', asking)],
    volume('v1', { ...asking, ...inB }),
  ],
  'without-room': [maker(), first, tracked],
  'of-no-size': [maker(), claim('one', { ...wants, resources: {} }), tracked],
  untracked: [maker(), first, csiDriver(driver, { storageCapacity: false })],
}).map(([name, objects]) => wanting(`made-${name}`, objects))

const expressing = (key, operator, ...values) => ({
  matchExpressions: [{ key, operator, ...(values.length === 0 ? {} : { values }) }],
})
const room = (name, nodeTopology, rest = { capacity: '5Gi' }) =>
  storageCapacity(name, 'made', { ...(nodeTopology && { nodeTopology }), ...rest })
const inZone = (name) => ({ matchLabels: { zone: name } })
const capacities = [
  ...[
    undefined,
    {},
    inZone('a'),
    expressing('zone', 'NotIn', 'a'),
    expressing('zone', 'Exists'),
    expressing('zone', 'DoesNotExist'),
  ].map((topology, i) => wanting(`room-in-${i}`, [maker(), first, tracked, room('c1', topology)])),
  ...[
    { capacity: '1Gi' },
    { capacity: '1023Mi' },
    { capacity: '5Gi', maximumVolumeSize: '1023Mi' },
    { capacity: '1Mi', maximumVolumeSize: '1Gi' },
    {},
  ].map((rest, i) =>
    wanting(`room-of-${i}`, [
      ...[maker(), first, tracked, room('c1', inZone('a'), rest)],
      storageCapacity('c2', 'other', { nodeTopology: {}, capacity: '9Gi' }),
    ]),
  ),
  wanting('room-for-two', [
    ...[maker(), first, claim('two', { ...wants, resources: { requests: { storage: '2Gi' } } })],
    ...[tracked, room('c1', inZone('a')), room('c2', inZone('b'), { capacity: '2Gi' })],
  ]),
]

const shapes = [
  [],
  [
    { utilization: 0, score: 0 },
    { utilization: 100, score: 10 },
  ],
  [
    { utilization: 40, score: 3 },
    { utilization: 60, score: 9 },
  ],
]
const scores = shapes.flatMap((shape, i) => {
  const args = withArgs('VolumeBinding', { shape })
  const rest = expressing('zone', 'DoesNotExist')
  return [
    wanting(
      `storage-bound-${i}`,
      [local, one, volume('v1', sized('2Gi', inB)), volume('v2', sized('3Gi', inA))],
      args,
    ),
    wanting(
      `storage-made-${i}`,
      [
        ...[maker(), tracked, first, claim('two', wants)],
        ...[room('c1', inZone('a')), room('c2', inZone('b'), { capacity: '2Gi' })],
        room('c3', rest, { capacity: '0', maximumVolumeSize: '9Gi' }),
      ],
      args,
    ),
    wanting(
      `storage-of-classes-${i}`,
      [
        ...[maker(), local, storageClass('other'), tracked, room('c1', {}), first],
        ...[claim('two', asking), claim('three', { storageClassName: 'other' })],
        ...[
          volume('v1', sized('2Gi')),
          volume('v2', { ...sized('7Gi'), storageClassName: 'other' }),
        ],
        pod('q', using('one')),
      ],
      args,
    ),
  ]
})

const template = { accessModes: ['ReadWriteOnce'], storageClassName: 'local' }
const ephemeral = mounting({ ephemeral: { volumeClaimTemplate: { spec: template } } })
const owned = (uid, controller) => ({
  ownerReferences: [{ apiVersion: 'v1', kind: 'Pod', name: 'p', uid, controller }],
})
const refusals = [
  scenario('ephemeral-none', [...zoned, local, pod('p', ephemeral)]),
  ...[
    ['own', owned('u-p', true)],
    ['other', owned('u-q', true)],
    ['uncontrolled', owned('u-p', false)],
  ].map(([name, owner]) =>
    scenario(`ephemeral-${name}`, [
      ...[...zoned, local, claim('p-v0', asking, owner), volume('v1', { ...asking, ...inB })],
      pod('p', ephemeral),
    ]),
  ),
  wanting('claim-lost', [claim('one', { volumeName: 'v1' }, {}, 'Lost')]),
  wanting('claim-leaving', [local, claim('one', asking, leaving), volume('v1', asking)]),
  scenario('claim-missing-second', [
    ...[...zoned, local, one, volume('v1', asking)],
    pod('p', using('one', 'two')),
  ]),
  ...Object.entries({
    missing: [],
    classless: [claim('one', {})],
    'class-of-nobody': [claim('one', { storageClassName: 'x' })],
    immediate: [
      storageClass('now', { volumeBindingMode: 'Immediate' }),
      claim('one', { storageClassName: 'now' }),
    ],
    waiting: [local, one],
    gone: [bound('one', 'v9')],
  }).flatMap(([name, objects]) =>
    [['VolumeRestrictions'], ['VolumeRestrictions', 'VolumeBinding'], ['VolumeZone']].map(
      (plugins) =>
        scenario(
          `claim-${name}-without-${plugins.join('-')}`,
          [...zoned, ...objects, pod('p', using('one'))],
          without(...plugins),
        ),
    ),
  ),
]

const gce = (pdName, readOnly) => ({ gcePersistentDisk: { pdName, readOnly } })
const aws = (volumeID, readOnly) => ({ awsElasticBlockStore: { volumeID, readOnly } })
const iscsi = (iqn, readOnly) => ({ iscsi: { targetPortal: 'x', iqn, lun: 0, readOnly } })
const rbd = (monitors, rest = {}) => ({ rbd: { monitors, image: 'i', pool: 'rbd', ...rest } })
const disks = Object.entries({
  gce: [gce('x'), gce('x')],
  'gce-read': [gce('x', true), gce('x', true)],
  'gce-to-write': [gce('x', true), gce('x')],
  'gce-written': [gce('x'), gce('x', true)],
  'gce-other': [gce('y'), gce('x')],
  'aws-read': [aws('x', true), aws('x', true)],
  iscsi: [iscsi('x'), iscsi('x')],
  'iscsi-read': [iscsi('x', true), iscsi('x', true)],
  'iscsi-other': [iscsi('y'), iscsi('x')],
  rbd: [rbd(['m1', 'm2']), rbd(['m2', 'm3'])],
  'rbd-apart': [rbd(['m1']), rbd(['m2'])],
  'rbd-pool': [rbd(['m1'], { pool: 'p' }), rbd(['m1'])],
  'rbd-image': [rbd(['m1'], { image: 'k' }), rbd(['m1'])],
  'rbd-read': [rbd(['m1'], { readOnly: true }), rbd(['m1'], { readOnly: true })],
  mixed: [aws('x'), gce('x')],
}).map(([name, [there, wanted]]) =>
  scenario(`disk-${name}`, [
    node('a'),
    node('b'),
    pod('there', { nodeName: 'a', ...mounting(there) }),
    pod('p', mounting(wanted)),
  ]),
)

const alone = { accessModes: ['ReadWriteOncePod'] }
const exclusive = scenario('one-pod-at-a-time', [
  ...zoned,
  ...[bound('one', 'v1', alone), bound('two', 'v2'), volume('v1', alone), volume('v2', {})],
  pod('there', { nodeName: 'a', ...using('one', 'two') }),
  pod('p', using('one')),
  pod('q', using('two')),
  pod('urgent', { priority: 9, ...using('one') }),
])

const aws1 = mounting(aws('aws://us-east-1a/vol-1'))
const ebs = 'ebs.csi.aws.com'
const attached = (name, volumeHandle = name) => [
  bound(`c-${name}`, name),
  volume(name, { csi: { driver, volumeHandle } }),
]
const limits = Object.entries({ full: 1, some: 2, zero: 0, none: undefined }).flatMap(
  ([name, count]) => {
    const nodes = [node('a'), node('b')]
    const limited = [
      ...nodes,
      csiNode('a', [driver, count]),
      csiNode('b', ['other.example.com', 1]),
    ]
    const insisting = [driver, ebs].map((one) =>
      csiDriver(one, { preventPodSchedulingIfMissing: true }),
    )
    return [
      scenario(`limit-${name}`, [
        ...[...limited, ...attached('v1'), ...attached('v2'), ...attached('v3', 'v1')],
        pod('there', { nodeName: 'a', ...using('c-v1') }),
        pod('same', using('c-v1')),
        pod('alias', using('c-v3')),
        pod('other', using('c-v2')),
        pod('two', using('c-v1', 'c-v2')),
      ]),
      scenario(`limit-attached-${name}`, [
        ...[...limited, ...attached('v1'), ...attached('v2'), attachment('at', driver, 'a', 'v1')],
        pod('other', using('c-v2')),
        pod('same', using('c-v1')),
      ]),
      scenario(`limit-made-${name}`, [
        ...[...limited, maker(), first, claim('two', wants)],
        ...[pod('p', using('one')), pod('q', using('two')), pod('r', using('one', 'two'))],
      ]),
      scenario(`limit-migrated-${name}`, [
        ...[...nodes, csiNode('a', [ebs, count]), pod('there', { nodeName: 'a', ...aws1 })],
        ...[pod('same', mounting(aws('vol-1'))), pod('other', mounting(aws('vol-2')))],
      ]),
      scenario(`driver-missing-${name}`, [
        ...[...limited, node('c'), csiNode('c', [ebs, count]), ...insisting, ...attached('v1')],
        ...[pod('p', using('c-v1')), pod('migrated', aws1)],
      ]),
    ]
  },
)

export const volumeScenarios = [
  ...reach,
  ...zones,
  ...matches,
  ...reservations,
  ...made,
  ...capacities,
  ...scores,
  ...refusals,
  ...disks,
  exclusive,
  ...limits,
]
