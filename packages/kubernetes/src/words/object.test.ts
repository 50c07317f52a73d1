/**
 * Tests decoding Kubernetes documents: known, unknown and misspelt kinds, lists of objects, and
 * names that are special only in JavaScript, such as `__proto__`.
 */
import { pathOf } from '@stowage/kernel'
import { describe, expect, it } from 'vitest'
import { isKubernetes, readObjects, type KubernetesObject } from './object.js'

const read = (value: unknown) => readObjects({ from: 'a.yaml', value })
const pod = (name: string, spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name },
  spec: { containers: [{ name: 'main' }], ...spec },
})
const namesIn = (objects: readonly KubernetesObject[]): readonly string[] =>
  objects.map(({ kind, object }) => `${kind} ${object.metadata.name}`)
const wrongIn = (value: unknown) =>
  read(value).bad.map(({ from, at, found, expected }) => [from, pathOf(at), found, expected])

/** Source: the API reference of Kubernetes 1.37. */
const kindsOfKubernetes: Readonly<Record<string, string>> = {
  v1: `Binding ComponentStatus ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume
    PersistentVolumeClaim Pod PodTemplate ReplicationController ResourceQuota Secret Service
    ServiceAccount`,
  'apps/v1': 'ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet',
  'autoscaling/v1': 'HorizontalPodAutoscaler Scale',
  'batch/v1': 'CronJob Job',
  'policy/v1': 'Eviction PodDisruptionBudget',
  'resource.k8s.io/v1': `DeviceClass DeviceTaintRule ResourceClaim ResourceClaimTemplate
    ResourceSlice`,
  'scheduling.k8s.io/v1': 'PodGroup PriorityClass Workload',
  'storage.k8s.io/v1': `CSIDriver CSINode CSIStorageCapacity StorageClass VolumeAttachment
    VolumeAttributesClass`,
}

describe('a kind', () => {
  it('of Kubernetes that is not read is not taken for a misspelt one', () => {
    const kinds = Object.entries(kindsOfKubernetes).flatMap(([apiVersion, names]) =>
      names.split(/\s+/).map((kind) => ({ apiVersion, kind, metadata: { name: 'a' } })),
    )
    const taken = kinds.filter((value) => wrongIn(value).some(([, at]) => at === 'kind'))
    expect(taken).toEqual([])
  })
  it.each([
    ['v1', 'ConfigMap'],
    ['example.com/v1', 'Pod'],
    ['example.com/v1', 'deployment'],
    ['v1', 'ConfigMapList'],
    ['example.com/v1', 'Deploymnet'],
    ['v1', 'Deploymnet'],
    ['apps/v1', 'Jobs'],
    ['example.com/v1', 'AllowList'],
    ['v1', '__proto__'],
    ['v1', 'toString'],
  ])('that is not known is ignored: %s %s', (apiVersion, kind) => {
    const value = { apiVersion, kind, items: ['anything'] }
    expect(isKubernetes(value)).toBe(true)
    expect(read(value)).toEqual({ objects: [], ignored: [{ from: 'a.yaml', kind }], bad: [] })
  })
  it.each([['text'], [null], [{ kind: 'Pot' }], [{ apiVersion: 'v1', kind: 3 }]])(
    'is looked for in %j',
    (value) => {
      expect(isKubernetes(value)).toBe(false)
      expect(wrongIn(value)).toMatchObject([
        ['a.yaml', '', expect.any(String), 'an object with apiVersion and kind'],
      ])
    },
  )
  it.each([
    [{ kind: 'Deployment' }, 'apiVersion', 'nothing', 'apps/v1'],
    [
      { apiVersion: 'extensions/v1beta1', kind: 'Deployment' },
      'apiVersion',
      '"extensions/v1beta1"',
      'apps/v1, the version of Deployment that is read',
    ],
    [
      { apiVersion: 'v2', kind: 'Pod' },
      'apiVersion',
      '"v2"',
      'v1, the version of Pod that is read',
    ],
    [{ apiVersion: 'v1', kind: 'pod' }, 'kind', '"pod"', 'Pod'],
    [{ apiVersion: 'apps/v1', kind: 'Deploymnet' }, 'kind', '"Deploymnet"', 'Deployment'],
    [{ apiVersion: 'apps/v1beta1', kind: 'statefulsets' }, 'kind', '"statefulsets"', 'StatefulSet'],
    [{ apiVersion: 'batch/v1', kind: 'CronJobs' }, 'kind', '"CronJobs"', 'CronJob'],
    [{ apiVersion: 'v1', metadata: {} }, 'kind', 'nothing', 'a kind, such as Deployment'],
    [
      { apiVersion: 'v1', Kind: 'Pod', metadata: {} },
      'kind',
      'it as Kind',
      'a kind, such as Deployment',
    ],
    [
      { apiVersion: 'app/v1', kind: 'Deployment' },
      'apiVersion',
      '"app/v1"',
      'apps/v1, the version of Deployment that is read',
    ],
  ])('that can only be a misspelt one is not left out in silence: %j', (value, ...wrong) => {
    expect(isKubernetes(value)).toBe(true)
    expect(wrongIn(value)).toEqual([['a.yaml', ...wrong]])
  })
  it('is looked for in each item of a list that is a document by itself', () => {
    const values = [pod('a'), { apiVersion: 'v1', kind: 'Secret' }]
    expect(isKubernetes(values)).toBe(true)
    expect(isKubernetes([])).toBe(false)
    expect(namesIn(read(values).objects)).toEqual(['Pod a'])
    expect(wrongIn([pod('a'), { kind: 'Pod' }])).toEqual([
      ['a.yaml', '[1].apiVersion', 'nothing', 'v1'],
    ])
  })
})

describe('a list', () => {
  const list = (kind: string, items: unknown) => ({ apiVersion: 'v1', kind, items })
  it('is read item by item, lists in lists too', () => {
    const inner = list('List', [pod('b'), { apiVersion: 'v1', kind: 'ConfigMap' }])
    const { objects, ignored, bad } = read(list('List', [pod('a'), inner]))
    expect(namesIn(objects)).toEqual(['Pod a', 'Pod b'])
    expect(objects.map(({ at }) => pathOf(at))).toEqual(['items[0]', 'items[1].items[0]'])
    expect([ignored, bad]).toEqual([[{ from: 'a.yaml', kind: 'ConfigMap' }], []])
  })
  it('tells the kind of its items when it has one', () => {
    const { kind: _, apiVersion: __, ...bare } = pod('a')
    expect(namesIn(read(list('PodList', [bare, pod('b')])).objects)).toEqual(['Pod a', 'Pod b'])
    expect(wrongIn(list('List', [bare]))).toEqual([
      ['a.yaml', 'items[0]', 'an object', 'an object with apiVersion and kind'],
    ])
  })
  it('says which item is wrong', () => {
    const broken = pod('b', {
      containers: [{ name: 'main', resources: { limits: { cpu: '1.5.Gi' } } }],
    })
    expect(wrongIn(list('PodList', [pod('a'), broken, 7]))).toEqual([
      [
        'a.yaml',
        'items[1].spec.containers[0].resources.limits.cpu',
        '"1.5.Gi"',
        'a quantity of 0 or more, such as 500m, 2 or 1.5Gi',
      ],
      ['a.yaml', 'items[2]', '7', 'an object with apiVersion and kind'],
    ])
  })
  it('may be empty, but is a list', () => {
    expect(read(list('PodList', null))).toEqual({ objects: [], ignored: [], bad: [] })
    expect(wrongIn(list('List', { a: pod('a') }))).toEqual([
      ['a.yaml', 'items', 'an object', 'a list'],
    ])
  })
})

describe.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'what is called %s',
  (name) => {
    const parsed = (text: string): unknown => JSON.parse(text.replaceAll('NAME', name))
    const node = (value: unknown): unknown => ({
      ...(value as object),
      apiVersion: 'v1',
      kind: 'Node',
    })
    const onlyObject = (value: unknown): KubernetesObject => {
      const { objects, bad } = read(value)
      expect(bad).toEqual([])
      return objects[0]!
    }

    it('is a label', () => {
      const { object } = onlyObject(
        node(parsed('{"metadata":{"name":"n","labels":{"NAME":"x","b":"y"}}}')),
      )
      expect([...object.metadata.labels].sort()).toEqual(
        [
          [name, 'x'],
          ['b', 'y'],
        ].sort(),
      )
    })
    it('is no label when it is not there', () => {
      const { object } = onlyObject(node({ metadata: { name: 'n', labels: {} } }))
      expect(object.metadata.labels.has(name)).toBe(false)
    })
    it('is a key of a nodeSelector and of requests, and says where it is wrong', () => {
      const spec = parsed(
        '{"nodeSelector":{"NAME":"x"},"containers":[{"name":"c","resources":{"requests":{"NAME":"2"}}}]}',
      )
      const found = onlyObject(pod('a', spec as object))
      if (found.kind !== 'Pod') throw new Error(found.kind)
      expect([...found.object.spec.nodeSelector]).toEqual([[name, 'x']])
      expect([...found.object.spec.containers[0]!.resources.requests.keys()]).toEqual([name])
      const wrong = pod('a', parsed('{"nodeSelector":{"NAME":{"a":1}}}') as object)
      expect(wrongIn(wrong)).toEqual([
        ['a.yaml', `spec.nodeSelector.${name}`, 'an object', 'a string'],
      ])
    })
  },
)
