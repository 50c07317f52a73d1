/**
 * Builds Kubernetes objects for scenarios, such as nodes, pods and volumes, in the form in which an
 * API server returns them. The objects have only the fields that the scheduler reads.
 */

const object = (apiVersion, kind, metadata, rest) => ({
  ...{ apiVersion, kind },
  metadata: { uid: `u-${metadata.name}`, ...metadata },
  ...rest,
})
const storage = 'storage.k8s.io/v1'

const room = { cpu: '4', memory: '8Gi', pods: '10' }
export const node = (name, { labels, spec = {}, allocatable, ...status } = {}) =>
  object(
    'v1',
    'Node',
    { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
    { spec, status: { allocatable: { ...room, ...allocatable }, ...status } },
  )

/** `container` is its only one, where the spec has none. */
export const pod = (name, spec = {}, { labels = {}, namespace = 'default', container } = {}) =>
  object(
    'v1',
    'Pod',
    { name, namespace, labels },
    {
      spec: {
        schedulerName: 'default-scheduler',
        containers: [{ name: 'c', image: 'pause:1', ...container }],
        ...spec,
      },
    },
  )

export const namespace = (name, labels = {}) => object('v1', 'Namespace', { name, labels }, {})

export const requesting = (requests) => ({ container: { resources: { requests } } })

export const claim = (name, spec, metadata = {}, phase = 'Pending') =>
  object(
    'v1',
    'PersistentVolumeClaim',
    { name, namespace: 'default', ...metadata },
    {
      spec: {
        accessModes: ['ReadWriteOnce'],
        resources: { requests: { storage: '1Gi' } },
        ...spec,
      },
      status: { phase },
    },
  )

/** A claim that is bound to the volume. */
export const bound = (name, volumeName, spec = {}) =>
  claim(
    name,
    { volumeName, ...spec },
    { annotations: { 'pv.kubernetes.io/bind-completed': 'yes' } },
    'Bound',
  )

export const volume = (name, spec, metadata = {}, phase = 'Available') =>
  object(
    'v1',
    'PersistentVolume',
    { name, ...metadata },
    {
      spec: { capacity: { storage: '1Gi' }, accessModes: ['ReadWriteOnce'], ...spec },
      status: { phase },
    },
  )

/** What a volume says of the nodes from which it can be reached. */
export const reachedBy = (...nodeSelectorTerms) => ({
  nodeAffinity: { required: { nodeSelectorTerms } },
})
export const having = (key, ...values) => ({
  matchExpressions: [{ key, operator: 'In', values }],
})

/** Volumes of it are there to bind, once a pod has a node. */
export const storageClass = (name, rest = {}) =>
  object(
    storage,
    'StorageClass',
    { name },
    {
      provisioner: 'kubernetes.io/no-provisioner',
      volumeBindingMode: 'WaitForFirstConsumer',
      ...rest,
    },
  )
export const csiDriver = (name, spec) => object(storage, 'CSIDriver', { name }, { spec })
export const csiNode = (name, ...drivers) =>
  object(
    storage,
    'CSINode',
    { name },
    {
      spec: {
        drivers: drivers.map(([driver, count]) => ({
          ...{ name: driver, nodeID: name, topologyKeys: [] },
          ...(count === undefined ? {} : { allocatable: { count } }),
        })),
      },
    },
  )
export const storageCapacity = (name, storageClassName, rest) =>
  object(
    storage,
    'CSIStorageCapacity',
    { name, namespace: 'default' },
    { storageClassName, ...rest },
  )
export const attachment = (name, attacher, nodeName, persistentVolumeName) =>
  object(
    storage,
    'VolumeAttachment',
    { name },
    { spec: { attacher, nodeName, source: { persistentVolumeName } }, status: { attached: true } },
  )

/** What a pod has of volumes. */
export const using = (...claims) =>
  mounting(...claims.map((claimName) => ({ persistentVolumeClaim: { claimName } })))
export const mounting = (...volumes) => ({
  volumes: volumes.map((one, i) => ({ name: `v${i}`, ...one })),
})

const configured = (profile) => ({
  config: {
    apiVersion: 'kubescheduler.config.k8s.io/v1',
    kind: 'KubeSchedulerConfiguration',
    profiles: [profile],
  },
})
export const withArgs = (name, args) => configured({ pluginConfig: [{ name, args }] })
export const without = (...plugins) =>
  configured({ plugins: { multiPoint: { disabled: plugins.map((name) => ({ name })) } } })

/** One scenario; all pods that have no node are to be placed, in their order. */
export const scenario = (id, objects, { config } = {}) => ({
  ...{ id, family: 'lowering' },
  ...(config === undefined ? {} : { config }),
  objects,
  pending: objects
    .filter(({ kind, spec }) => kind === 'Pod' && spec.nodeName === undefined)
    .map(({ metadata }) => `${metadata.namespace}/${metadata.name}`),
})
