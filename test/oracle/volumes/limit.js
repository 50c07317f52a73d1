/**
 * Defines scenarios (Kubernetes objects and pods to schedule) about the number of volumes that a
 * node can attach, and about volumes that count as the same volume.
 */
import {
  attachment,
  bound,
  csiDriver,
  csiNode,
  claim,
  mounting,
  node,
  pod,
  scenario,
  storageClass,
  using,
  volume,
} from '../lowering/objects.js'

const disk = 'disk.example.com'
const file = 'file.example.com'
const ebs = 'ebs.csi.aws.com'
const on = (name, spec) => pod(name, { nodeName: 'a', ...spec })

/** A claim `c-name`, bound to a volume of this driver. */
const attached = (name, driver = disk, volumeHandle = name) => [
  bound(`c-${name}`, name),
  volume(name, { csi: { driver, volumeHandle } }),
]
const holding = (name, source, metadata) => [
  bound(`c-${name}`, name),
  volume(name, source, metadata),
]
const aws = (volumeID) => ({ awsElasticBlockStore: { volumeID } })
const gce = (pdName) => ({ gcePersistentDisk: { pdName } })
const azure = (diskURI) => ({ azureDisk: { diskName: diskURI, diskURI } })
const cinder = (volumeID) => ({ cinder: { volumeID } })
const portworx = (volumeID) => ({ portworxVolume: { volumeID } })

const kinds = Object.entries({
  aws: [aws, 'kubernetes.io/aws-ebs', ebs],
  gce: [gce, 'kubernetes.io/gce-pd', 'pd.csi.storage.gke.io'],
  azure: [azure, 'kubernetes.io/azure-disk', 'disk.csi.azure.com'],
  cinder: [cinder, 'kubernetes.io/cinder', 'cinder.csi.openstack.org'],
  portworx: [portworx, 'kubernetes.io/portworx-volume', 'pxd.portworx.com'],
}).map(([name, [source, provisioner, driver]]) =>
  scenario(`migrated-${name}`, [
    ...[node('a'), csiNode('a', [driver, 1]), storageClass('made', { provisioner })],
    claim('new', { storageClassName: 'made' }),
    ...[
      ...holding('same', source('x')),
      ...holding('other', source('y')),
      on('there', using('c-same')),
    ],
    ...[pod('same', mounting(source('x'))), pod('other', mounting(source('y')))],
    ...[pod('claims-same', using('c-same')), pod('claims-other', using('c-other'))],
    pod('makes', using('new')),
  ]),
)
const uncounted = ['kubernetes.io/azure-file', 'kubernetes.io/vsphere-volume'].map((provisioner) =>
  scenario(`uncounted-${provisioner.slice(14)}`, [
    ...[node('a'), csiNode('a', [provisioner, 0], ['', 0])],
    ...[storageClass('made', { provisioner }), claim('new', { storageClassName: 'made' })],
    pod('p', using('new')),
  ]),
)

/**
 * Whether a volume under each of these names is one that the node has, another one, or none that
 * counts.
 */
const names = (id, driver, wanted) =>
  scenario(id, [
    ...[node('a'), csiNode('a', [driver, 1])],
    ...wanted.flatMap(([source, labels], i) => holding(`v${i}`, source, { labels })),
    on('there', using('c-v0')),
    ...wanted.map((_, i) => pod(`p${i}`, using(`c-v${i}`))),
  ])
const awsNames = names(
  'named-aws',
  ebs,
  [
    ...[
      'vol-1',
      'aws://z/vol-1',
      'aws:///vol-1',
      'aws:////vol-1',
      'aws://z/vol-1//',
      'aws://vol-1',
    ],
    ...[
      'vol-1/',
      '/vol-1',
      'x',
      'aws://z/x',
      'aws://z/x/vol-1',
      'aws://z/vol-1/x',
      'aws://z/vol-2',
    ],
    'aws://x/aws://z/vol-1',
  ].map((id) => [aws(id), {}]),
)
const older = 'failure-domain.beta.kubernetes.io/zone'
const zone = 'topology.kubernetes.io/zone'
const gceNames = (id, ...labels) =>
  names(
    `named-gce-${id}`,
    'pd.csi.storage.gke.io',
    labels.map((one) => [gce('d'), one]),
  )
const inZones = [
  gceNames('none', {}, { [zone]: '' }, { [zone]: 'us-east1-b' }, { [older]: 'us-east1-b' }),
  gceNames(
    'zone',
    { [zone]: 'us-east1-b' },
    ...[{ [older]: 'us-east1-b' }, { [older]: 'us-east1-b', [zone]: 'us-east1-c' }],
    { [older]: 'us-east1-c', [zone]: 'us-east1-b' },
  ),
  gceNames(
    'region',
    { [zone]: 'us-east1-b__us-east1-c' },
    ...[{ [zone]: 'us-east1-c__us-east1-dd' }, { [zone]: 'us-east2-c__us-east2-d' }],
    ...[{ [zone]: 'us-east1-b__us-east2-b' }, { [zone]: 'x-us-east1-b__x-us-east1-b' }],
    ...[
      { [zone]: 'us-east1-b-x__us-east1-b-x' },
      { [zone]: 'b__c' },
      { [zone]: 'us-east1__us-east1' },
    ],
  ),
]

const insisting = [disk, ebs].map((name) =>
  csiDriver(name, { preventPodSchedulingIfMissing: true }),
)
const missing = scenario('driver-missing', [
  ...[node('a'), csiNode('a', [ebs, 9], [disk, 9]), node('b'), csiNode('b', [disk]), node('c')],
  ...[...insisting, ...attached('v1', ebs), ...attached('v2')],
  ...[pod('plain', using('c-v1')), pod('migrated', mounting(aws('vol-1')))],
  pod('both', mounting({ persistentVolumeClaim: { claimName: 'c-v1' } }, aws('vol-2'))),
])

const counts = [
  ['nothing', [on('there', using('c-v1', 'c-v2'))]],
  ['of-another-driver', [attachment('at', file, 'a', 'f1'), on('there', using('c-v1'))]],
  [
    'of-no-volume',
    [
      ...[attachment('at-1', disk, 'a', 'v9'), attachment('at-2', disk, 'a', 'aws')],
      { ...attachment('at-3', disk, 'a'), spec: { attacher: disk, nodeName: 'a', source: {} } },
      ...[volume('aws', aws('vol-1')), on('there', using('c-v1'))],
    ],
  ],
  [
    'of-no-handle',
    [
      ...[attachment('at-1', disk, 'a', 'n1'), attachment('at-2', disk, 'a', 'n2')],
      ...[...attached('n1', disk, ''), ...attached('n2', disk, ''), on('there', using('c-n1'))],
    ],
  ],
  ['of-the-same', [attachment('at', disk, 'a', 'v1'), on('there', using('c-v1'))]],
].flatMap(([name, objects]) =>
  [1, 2, 3].flatMap((limit) =>
    [
      ['', []],
      ['-shared', [on('two', using('c-v1', 'c-f1')), on('three', using('c-v1', 'c-f1'))]],
    ].map(([sharing, others]) =>
      scenario(`attached-${name}${sharing}-${limit}`, [
        ...[node('a'), csiNode('a', [disk, limit], [file, limit])],
        ...['v1', 'v2', 'v3'].flatMap((one) => attached(one)),
        ...['f1', 'f2'].flatMap((one) => attached(one, file)),
        ...[...objects, ...others, pod('p', using('c-v3')), pod('q', using('c-f2'))],
      ]),
    ),
  ),
)

const preempting = [
  ['alone', []],
  ['attached', [attachment('at', disk, 'a', 'v1')]],
  ['attached-elsewhere', [node('b'), csiNode('b', [disk, 0]), attachment('at', disk, 'b', 'v1')]],
  ['beside-another', [attachment('at', disk, 'a', 'v2')]],
].map(([name, objects]) =>
  scenario(`preempting-${name}`, [
    ...[
      node('a'),
      csiNode('a', [disk, 1]),
      ...attached('v1'),
      ...attached('v2'),
      ...attached('v3'),
    ],
    ...[...objects, on('there', using('c-v1')), pod('urgent', { priority: 9, ...using('c-v3') })],
  ]),
)

const beforehand = [2, 3].map((limit) =>
  scenario(`attached-beforehand-${limit}`, [
    ...[node('a'), csiNode('a', [disk, limit]), attachment('at', disk, 'a', 'v1')],
    ...['v1', 'v2', 'v3'].flatMap((name) => attached(name)),
    ...['v1', 'v2', 'v3'].map((name) => pod(`p-${name}`, using(`c-${name}`))),
  ]),
)

const nameless = scenario('without-handle', [
  ...[node('a'), csiNode('a', [disk, 0], ['', 0])],
  ...[...attached('v1'), ...attached('v2', disk, ''), ...attached('v3', '', 'h')],
  ...[bound('c-v4', 'v4'), volume('v4', { csi: { driver: disk } })],
  ...['v1', 'v2', 'v3', 'v4'].map((name) => pod(`p-${name}`, using(`c-${name}`))),
])

export const limitScenarios = [
  ...kinds,
  ...uncounted,
  awsNames,
  ...inZones,
  missing,
  ...counts,
  ...preempting,
  ...beforehand,
  nameless,
]
