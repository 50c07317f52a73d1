/**
 * Tests refusals of volumes on Fargate, and of pods with several reasons at once, in the messages
 * of `fargate-scheduler`.
 */
import { describe, expect, it } from 'vitest'
import { container, input, pod } from '../fargate-profile/example.fixture.js'
import { planPodsOnFargate } from './plan.js'

const reasons = (...values: readonly unknown[]) =>
  planPodsOnFargate(input(...values)).refused.map(({ reason }) =>
    reason.replace('Pod not supported on Fargate: ', ''),
  )
const holding = (...volumes: readonly object[]) => pod([container({})], { volumes })
const claiming = holding({ name: 'data', persistentVolumeClaim: { claimName: 'files' } })
const claim = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name: 'files' },
  spec: {
    accessModes: ['ReadWriteMany'],
    resources: { requests: { storage: '1Gi' } },
    storageClassName: 'efs-sc',
    ...spec,
  },
})
const share = (spec: object = {}) => ({
  apiVersion: 'v1',
  kind: 'PersistentVolume',
  metadata: { name: 'share' },
  spec: {
    accessModes: ['ReadWriteMany'],
    capacity: { storage: '5Gi' },
    storageClassName: 'efs-sc',
    csi: { driver: 'efs.csi.aws.com', volumeHandle: 'fs-1' },
    ...spec,
  },
})

describe('volumes on Fargate', () => {
  it.each([
    { emptyDir: {} },
    { secret: { secretName: 'x' } },
    { configMap: { name: 'x' } },
    { projected: { sources: [] } },
    { downwardAPI: {} },
    { nfs: { server: 'x', path: '/' } },
    {},
  ])('may be %j', (source) => {
    expect(reasons(holding({ name: 'data', ...source }))).toEqual([])
  })
  it.each([
    { hostPath: { path: '/' } },
    { awsElasticBlockStore: { volumeID: 'vol-1' } },
    { csi: { driver: 'efs.csi.aws.com' } },
    { ephemeral: { volumeClaimTemplate: claim() } },
    { image: { reference: 'x' } },
  ])('may not be %j', (source) => {
    expect(reasons(holding({ name: 'data', ...source }))).toEqual([
      'volumes not supported: data is of an unsupported volume Type',
    ])
  })
  it.each([
    ['has none', []],
    ['is not there', [share()]],
    ['waits for one to be made', [claim()]],
    ['is of another class', [claim(), share({ storageClassName: 'other' })]],
    ['asks for more', [claim({ resources: { requests: { storage: '6Gi' } } }), share()]],
  ])('need one for their claim, which %s', (_, values) => {
    expect(reasons(claiming, ...values)).toEqual([
      'volumes not supported: data not supported because: PVC files not bound',
    ])
  })
  it('may be a file system that is there', () => {
    expect(reasons(claiming, claim(), share())).toEqual([])
    expect(reasons(claiming, claim({ volumeName: 'share' }), share())).toEqual([])
  })
  it('serve one claim each, where claims wait for their first pod', () => {
    const waits = {
      ...{ apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass', metadata: { name: 'efs-sc' } },
      ...{ provisioner: 'kubernetes.io/no-provisioner', volumeBindingMode: 'WaitForFirstConsumer' },
    }
    const named = (name: string) => [
      { ...claim(), metadata: { name } },
      pod(
        [container({})],
        { volumes: [{ name: 'data', persistentVolumeClaim: { claimName: name } }] },
        { name },
      ),
    ]
    const both = [waits, ...named('a'), ...named('b')]
    expect(reasons(...both, share())).toEqual([
      'volumes not supported: data not supported because: PVC b not bound',
    ])
    const other = { ...share(), metadata: { name: 'other' } }
    expect(reasons(...both, share(), other)).toEqual([])
  })
  it('may not be disks', () => {
    const disks = [
      [
        { csi: { driver: 'ebs.csi.aws.com', volumeHandle: 'vol-1' } },
        `bound to invalid PV ${share().metadata.name} with CSI Driver: ebs.csi.aws.com`,
      ],
      [{ csi: undefined, awsElasticBlockStore: { volumeID: 'v' } }, 'is a volume of Amazon EBS'],
    ] as const
    for (const [disk, why] of disks)
      expect(reasons(claiming, claim(), share(disk))).toEqual([
        `volumes not supported: data not supported because: PVC files ${why}`,
      ])
  })
})

it('says all that is against a pod, in one sentence', () => {
  const privileged = (containerPort: number) =>
    container(
      { limits: { 'nvidia.com/gpu': 1 } },
      {
        securityContext: { privileged: true },
        ports: [{ containerPort, hostIP: '127.0.0.1' }],
      },
    )
  const volumes = [{ name: 'root', hostPath: { path: '/' } }]
  expect(
    reasons(
      pod([privileged(80), { ...privileged(81), name: 'b' }], { hostNetwork: true, volumes }),
    ),
  ).toEqual([
    [
      'fields not supported: HostNetwork',
      'invalid SecurityContext fields: Privileged,Privileged',
      'port contains HostIP or HostPort',
      'volumes not supported: root is of an unsupported volume Type',
      'resource nvidia.com/gpu is not available',
    ].join(', '),
  ])
})
