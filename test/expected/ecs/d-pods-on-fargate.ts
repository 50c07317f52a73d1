/**
 * Lists expected values for tests, taken by hand from the AWS documentation: which EKS pods run on
 * Fargate, in which sizes, and what they may use.
 *
 * Source: Amazon EKS User Guide, AWS Fargate; output of `kubectl describe` for the fields that
 * webhooks write.
 */

export const profile = {
  immutable: true,
  perCluster: 10,
  selectors: 5,
  labelsPerSelector: 5,
}

/**
 * Selectors, and whether a pod is matched when it is admitted. `*` is any number of characters, `?`
 * exactly one.
 */
export const matches: readonly {
  readonly namespace: string
  readonly labels?: Readonly<Record<string, string>>
  readonly pod: {
    readonly namespace: string
    readonly labels?: Readonly<Record<string, string>>
  }
  readonly matches: boolean
}[] = [
  { namespace: 'prod', pod: { namespace: 'prod' }, matches: true },
  { namespace: 'prod', pod: { namespace: 'prod-eu' }, matches: false },
  { namespace: 'prod*', pod: { namespace: 'prod' }, matches: true },
  { namespace: 'prod*', pod: { namespace: 'prod-eu' }, matches: true },
  { namespace: '*', pod: { namespace: 'any' }, matches: true },
  { namespace: 'team-?', pod: { namespace: 'team-a' }, matches: true },
  { namespace: 'team-?', pod: { namespace: 'team-' }, matches: false },
  { namespace: 'team-?', pod: { namespace: 'team-ab' }, matches: false },
  { namespace: '*-eu-?', pod: { namespace: 'prod-eu-1' }, matches: true },
  {
    namespace: 'prod',
    labels: { app: 'web' },
    pod: { namespace: 'prod', labels: { app: 'web', tier: 'front' } },
    matches: true,
  },
  {
    namespace: 'prod',
    labels: { app: 'web', tier: 'back' },
    pod: { namespace: 'prod', labels: { app: 'web', tier: 'front' } },
    matches: false,
  },
  { namespace: 'prod', labels: { app: 'web' }, pod: { namespace: 'prod' }, matches: false },
  {
    namespace: 'prod',
    labels: { 'app*': 'w?b' },
    pod: { namespace: 'prod', labels: { 'app.name': 'web' } },
    matches: true,
  },
]

/** Which of several profiles that match takes a pod. */
export const chosenProfile: readonly {
  readonly matching: readonly string[]
  readonly label?: string
  readonly chosen: string
}[] = [
  { matching: ['b', 'a', 'c'], chosen: 'a' },
  { matching: ['b', 'a', 'c'], label: 'c', chosen: 'c' },
  { matching: ['b', 'a'], label: 'c', chosen: 'a' },
]

/** What admission writes into a pod, and what the node that is vended for it has. */
export const admitted = {
  profileLabel: 'eks.amazonaws.com/fargate-profile',
  priorityClassName: 'system-node-critical',
  priority: 2_000_001_000,
  schedulerName: 'fargate-scheduler',
  capacityAnnotation: ['CapacityProvisioned', '0.25vCPU 0.5GB'],
  loggingAnnotation: ['Logging', 'LoggingDisabled: LOGGING_CONFIGMAP_NOT_FOUND'],
  loggingEvent: 'LoggingDisabled',
  loggingConfigMap: 'aws-logging',
  nodeName: 'fargate-ip-a-b-c-d.<region>.compute.internal',
  nodeTaint: { key: 'eks.amazonaws.com/compute-type', value: 'fargate', effect: 'NoSchedule' },
  rejection: 'Pod not supported on Fargate: <why>',
}

/**
 * Requests of a pod's containers, and the size that it gets: vCPU and GB as the guide writes them.
 */
export const podSizes: readonly {
  readonly init?: readonly { readonly cpu: number; readonly memory: number }[]
  readonly containers: readonly { readonly cpu: number; readonly memory: number }[]
  readonly size: { readonly cpu: number; readonly memory: number }
}[] = [
  { containers: [{ cpu: 0, memory: 0 }], size: { cpu: 0.25, memory: 0.5 } },
  { containers: [{ cpu: 1, memory: 8 }], size: { cpu: 2, memory: 9 } },
  { containers: [{ cpu: 0.25, memory: 0.25 }], size: { cpu: 0.25, memory: 0.5 } },
  { containers: [{ cpu: 0.25, memory: 0.5 }], size: { cpu: 0.25, memory: 1 } },
  {
    containers: [
      { cpu: 0.5, memory: 0.5 },
      { cpu: 0.5, memory: 1 },
    ],
    size: { cpu: 1, memory: 2 },
  },
  {
    init: [
      { cpu: 2, memory: 1 },
      { cpu: 1, memory: 3 },
    ],
    containers: [{ cpu: 0.5, memory: 1 }],
    size: { cpu: 2, memory: 4 },
  },
]
export const podOverheadMiB = 256
export const podVcpusMax = 16

/** Requests are taken for limits. */
export const requestsEqualLimits = true

/** In GiB. */
export const ephemeral: readonly (readonly [requested: number | undefined, node: number])[] = [
  [undefined, 20],
  [100, 115],
]
export const ephemeralMostGiB = 175

export const unsupported: readonly string[] = [
  ...['DaemonSet', 'privileged', 'hostPort', 'hostNetwork', 'GPU', 'EBS volumes'],
  ...['dynamic provisioning of volumes', 'Spot', 'public subnets', 'instance metadata'],
  ...['Outposts, Wavelength and Local Zones', 'other network plugins'],
  'load balancing by instance',
]

/** What a pod may say, and nobody looks at. */
export const ignored = ['affinity rules'] as const

/** Volumes by who makes them: EFS that is there already. */
export const volumes: readonly {
  readonly driver: string
  readonly provisioning: 'static' | 'dynamic'
  readonly supported: boolean
}[] = [
  { driver: 'efs.csi.aws.com', provisioning: 'static', supported: true },
  { driver: 'efs.csi.aws.com', provisioning: 'dynamic', supported: false },
  { driver: 'ebs.csi.aws.com', provisioning: 'static', supported: false },
]

/** What happens when a node is patched and the eviction is refused. */
export const patchEvent = 'EKS Fargate Pod Scheduled Termination'

/** Launches of pods: a token bucket. */
export const rates = { burst: 20, perSecond: 20 }

/**
 * What becomes of pods that no profile matches, or none any more: they are looked at once, when
 * they are admitted.
 */
export const pending: readonly { readonly when: string; readonly status: string }[] = [
  { when: 'no profile matches at admission', status: 'Pending' },
  { when: 'a profile that matches is made later', status: 'Pending' },
  { when: 'the profile is deleted', status: 'Pending' },
]

/** A node reports more than its pod may use; what is paid is the annotation. */
export const billedBy = 'CapacityProvisioned'
