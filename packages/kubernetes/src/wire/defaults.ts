/**
 * Fills in the defaults that the API server sets when it decodes an object, before admission
 * plugins run. Some defaults hold only in a pod, not in a pod template: for example, a missing
 * request is set to the limit.
 *
 * Source: Kubernetes API reference, v1.37 ("defaults to" of each field).
 */
import { imageTag } from './image-tag.js'
import type {
  WireClaimSpec,
  WireContainer,
  WireCronSpec,
  WireDeviceShare,
  WireHandler,
  WireJobSpec,
  WireLimit,
  WireLimitRangeSpec,
  WireMetadata,
  WireObject,
  WirePodSpec,
  WirePriorityClass,
  WireProbe,
  WireResourceClaimSpec,
  WireStorageClass,
  WireStrategy,
  WireTemplate,
  WireVolume,
  WireVolumeSpec,
  WireWorkloadSpec,
} from './objects.js'

/** The object with its defaults. */
export const withDefaults = <Of extends WireObject>(object: Of): Of => {
  const fill = defaults[object.kind]
  return fill === undefined ? object : { ...object, ...fill(object) }
}

type Fill = (object: WireObject) => object

const specDefaults =
  <Spec>(fill: (spec: Spec) => Spec): Fill =>
  ({ spec }) => ({ spec: fill((spec ?? {}) as Spec) })

/** One device is requested where neither a mode nor a count says otherwise; 0 is no count. */
const deviceShareDefaults = <Of extends WireDeviceShare>(share: Of): Of => {
  const allocationMode = nonEmpty(share.allocationMode) ?? 'ExactCount'
  const { count = 0 } = share
  return {
    ...share,
    allocationMode,
    ...(allocationMode === 'ExactCount' && count === 0 ? { count: 1 } : {}),
  }
}

const deviceClaimDefaults = (spec: WireResourceClaimSpec): WireResourceClaimSpec => ({
  ...spec,
  devices: {
    ...spec.devices,
    ...(spec.devices?.requests === undefined
      ? {}
      : {
          requests: spec.devices.requests.map(({ exactly, firstAvailable, ...request }) => ({
            ...request,
            ...(exactly === undefined ? {} : { exactly: deviceShareDefaults(exactly) }),
            ...(firstAvailable === undefined
              ? {}
              : { firstAvailable: firstAvailable.map(deviceShareDefaults) }),
          })),
        }),
  },
})

const nonEmpty = (text: string | undefined): string | undefined => (text === '' ? undefined : text)

const defaults: Readonly<Record<string, Fill | undefined>> = {
  Pod: specDefaults((spec: WirePodSpec) => podDefaults(podSpecDefaults(spec))),
  Deployment: specDefaults((spec: WireWorkloadSpec) => ({
    ...spec,
    replicas: spec.replicas ?? 1,
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
    strategy: strategyDefaults(spec.strategy, { maxSurge: '25%', maxUnavailable: '25%' }),
    template: templateDefaults(spec.template),
  })),
  ReplicaSet: specDefaults((spec: WireWorkloadSpec) => ({
    ...spec,
    replicas: spec.replicas ?? 1,
    template: templateDefaults(spec.template),
  })),
  StatefulSet: specDefaults((spec: WireWorkloadSpec) => ({
    ...spec,
    replicas: spec.replicas ?? 1,
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    podManagementPolicy: nonEmpty(spec.podManagementPolicy) ?? 'OrderedReady',
    updateStrategy: strategyDefaults(spec.updateStrategy, { partition: 0, maxUnavailable: 1 }),
    persistentVolumeClaimRetentionPolicy: {
      whenDeleted: nonEmpty(spec.persistentVolumeClaimRetentionPolicy?.whenDeleted) ?? 'Retain',
      whenScaled: nonEmpty(spec.persistentVolumeClaimRetentionPolicy?.whenScaled) ?? 'Retain',
    },
    ...(spec.volumeClaimTemplates === undefined
      ? {}
      : {
          volumeClaimTemplates: spec.volumeClaimTemplates.map((claim) => ({
            ...claim,
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            spec: claimDefaults(claim.spec ?? {}),
            status: { phase: 'Pending' },
          })),
        }),
    template: templateDefaults(spec.template),
  })),
  DaemonSet: specDefaults((spec: WireWorkloadSpec) => ({
    ...spec,
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    updateStrategy: strategyDefaults(spec.updateStrategy, { maxSurge: 0, maxUnavailable: 1 }),
    template: templateDefaults(spec.template),
  })),
  ReplicationController: ({ metadata = {}, spec }) => replicationDefaults(metadata, spec ?? {}),
  Job: specDefaults((spec: WireJobSpec) => {
    const filled = jobDefaults(spec)
    return {
      ...filled,
      podReplacementPolicy:
        spec.podReplacementPolicy ??
        (spec.podFailurePolicy === undefined ? 'TerminatingOrFailed' : 'Failed'),
      parallelism: spec.parallelism ?? 1,
      ...(spec.completions === undefined && spec.parallelism === undefined
        ? { completions: 1 }
        : {}),
      backoffLimit:
        spec.backoffLimit ?? (spec.backoffLimitPerIndex === undefined ? 6 : 2_147_483_647),
      completionMode: spec.completionMode ?? 'NonIndexed',
      suspend: spec.suspend ?? false,
      manualSelector: spec.manualSelector ?? false,
    }
  }),
  CronJob: specDefaults((spec: WireCronSpec) => ({
    ...spec,
    concurrencyPolicy: nonEmpty(spec.concurrencyPolicy) ?? 'Allow',
    suspend: spec.suspend ?? false,
    successfulJobsHistoryLimit: spec.successfulJobsHistoryLimit ?? 3,
    failedJobsHistoryLimit: spec.failedJobsHistoryLimit ?? 1,
    jobTemplate: {
      metadata: {},
      ...spec.jobTemplate,
      spec: jobDefaults(spec.jobTemplate?.spec ?? {}),
    },
  })),
  PersistentVolume: specDefaults((spec: WireVolumeSpec) => ({
    ...spec,
    persistentVolumeReclaimPolicy: nonEmpty(spec.persistentVolumeReclaimPolicy) ?? 'Retain',
    volumeMode: spec.volumeMode ?? 'Filesystem',
  })),
  PersistentVolumeClaim: specDefaults((spec: WireClaimSpec) => claimDefaults(spec)),
  LimitRange: specDefaults((spec: WireLimitRangeSpec) => ({
    ...spec,
    ...(spec.limits === undefined ? {} : { limits: spec.limits.map(limitDefaults) }),
  })),
  PriorityClass: (object) => ({
    value: 0,
    preemptionPolicy: 'PreemptLowerPriority',
    ...(object as WirePriorityClass),
  }),
  ResourceClaim: specDefaults(deviceClaimDefaults),
  ResourceClaimTemplate: specDefaults((template: { readonly spec?: WireResourceClaimSpec }) => ({
    ...template,
    spec: deviceClaimDefaults(template.spec ?? {}),
  })),
  Namespace: ({ metadata = {}, spec = {} }) => {
    const { finalizers = [], ...rest } = spec as { readonly finalizers?: readonly string[] }
    const labels = { ...metadata.labels, 'kubernetes.io/metadata.name': metadata.name ?? '' }
    return {
      metadata: { ...metadata, labels },
      spec: { ...rest, finalizers: [...new Set([...finalizers, 'kubernetes'])] },
    }
  },
  StorageClass: (object) => {
    const { reclaimPolicy, ...rest } = object as WireStorageClass
    return {
      volumeBindingMode: 'Immediate',
      ...rest,
      // An empty text is stored as it is.
      reclaimPolicy: reclaimPolicy ?? 'Delete',
    }
  },
}

const strategyDefaults = (
  strategy: WireStrategy | undefined,
  otherwise: NonNullable<WireStrategy['rollingUpdate']>,
): WireStrategy => {
  const type = nonEmpty(strategy?.type) ?? 'RollingUpdate'
  if (type !== 'RollingUpdate') return { ...strategy, type }
  return { ...strategy, type, rollingUpdate: { ...otherwise, ...strategy?.rollingUpdate } }
}

/** A controller without selector or labels takes both from its template. */
const replicationDefaults = (metadata: WireMetadata, spec: object): object => {
  const { selector, template, ...rest } = spec as {
    readonly selector?: object
    readonly template?: WireTemplate
  }
  const labels = template?.metadata?.labels
  const isEmpty = (texts: object | undefined) => Object.keys(texts ?? {}).length === 0
  return {
    metadata: {
      ...metadata,
      ...(isEmpty(metadata.labels) && labels !== undefined ? { labels } : {}),
    },
    spec: {
      replicas: 1,
      ...rest,
      ...(isEmpty(selector) && labels !== undefined
        ? { selector: labels }
        : selector === undefined
          ? {}
          : { selector }),
      template: templateDefaults(template),
    },
  }
}

const jobDefaults = (spec: WireJobSpec): WireJobSpec => ({
  ...spec,
  ...(spec.podFailurePolicy === undefined
    ? {}
    : {
        podFailurePolicy: {
          ...spec.podFailurePolicy,
          rules: (spec.podFailurePolicy.rules ?? []).map((rule) => ({
            ...rule,
            ...(rule.onPodConditions === undefined
              ? {}
              : {
                  onPodConditions: rule.onPodConditions.map((pattern) => ({
                    ...pattern,
                    status: nonEmpty(pattern.status) ?? 'True',
                  })),
                }),
          })),
        },
      }),
  template: templateDefaults(spec.template),
})

const claimDefaults = (spec: WireClaimSpec): WireClaimSpec => ({
  ...spec,
  volumeMode: spec.volumeMode ?? 'Filesystem',
})

/** Container limits: the maximum is the default limit, which is the default request. */
const limitDefaults = (limit: WireLimit): WireLimit => {
  if (limit.type !== 'Container') return limit
  const byDefault = { ...limit.max, ...limit.default }
  return {
    ...limit,
    default: byDefault,
    defaultRequest: { ...limit.min, ...byDefault, ...limit.defaultRequest },
  }
}

/** A template with the defaults of its pod spec. */
export const templateDefaults = (template: WireTemplate | undefined): WireTemplate => ({
  metadata: {},
  ...template,
  spec: podSpecDefaults(template?.spec ?? {}),
})

/** The defaults of a pod spec, wherever it is. */
const podSpecDefaults = (spec: WirePodSpec): WirePodSpec => {
  const account = nonEmpty(spec.serviceAccountName) ?? nonEmpty(spec.serviceAccount)
  return {
    ...spec,
    restartPolicy: nonEmpty(spec.restartPolicy) ?? 'Always',
    dnsPolicy: nonEmpty(spec.dnsPolicy) ?? 'ClusterFirst',
    schedulerName: nonEmpty(spec.schedulerName) ?? 'default-scheduler',
    securityContext: spec.securityContext ?? {},
    terminationGracePeriodSeconds: spec.terminationGracePeriodSeconds ?? 30,
    ...(account === undefined ? {} : { serviceAccountName: account, serviceAccount: account }),
    ...mapContainers(spec, 'containers', containerDefaults),
    ...mapContainers(spec, 'initContainers', containerDefaults),
    ...mapContainers(spec, 'ephemeralContainers', containerDefaults),
    ...(spec.volumes === undefined ? {} : { volumes: spec.volumes.map(volumeDefaults) }),
  }
}

/** The further defaults of the spec of a pod. */
const podDefaults = (spec: WirePodSpec): WirePodSpec => {
  const container = (one: WireContainer): WireContainer =>
    requestsFromLimits(spec.hostNetwork === true ? portsOnHost(one) : one)
  const grace = spec.terminationGracePeriodSeconds ?? 30
  return {
    ...spec,
    enableServiceLinks: spec.enableServiceLinks ?? true,
    terminationGracePeriodSeconds: grace < 0 ? 1 : grace,
    ...mapContainers(spec, 'containers', container),
    ...mapContainers(spec, 'initContainers', container),
  }
}

const mapContainers = (
  spec: WirePodSpec,
  list: 'containers' | 'initContainers' | 'ephemeralContainers',
  fill: (container: WireContainer) => WireContainer,
): WirePodSpec => {
  const containers = spec[list]
  return containers === undefined ? {} : { [list]: containers.map(fill) }
}

const containerDefaults = (container: WireContainer): WireContainer => ({
  ...container,
  resources: container.resources ?? {},
  imagePullPolicy:
    nonEmpty(container.imagePullPolicy) ??
    (imageTag(container.image ?? '') === 'latest' ? 'Always' : 'IfNotPresent'),
  terminationMessagePath: nonEmpty(container.terminationMessagePath) ?? '/dev/termination-log',
  terminationMessagePolicy: nonEmpty(container.terminationMessagePolicy) ?? 'File',
  ...(container.ports === undefined
    ? {}
    : {
        ports: container.ports.map((port) => ({
          ...port,
          protocol: nonEmpty(port.protocol) ?? 'TCP',
        })),
      }),
  ...(container.env === undefined ? {} : { env: container.env.map(envDefaults) }),
  ...fillField(container, 'livenessProbe', probeDefaults),
  ...fillField(container, 'readinessProbe', probeDefaults),
  ...fillField(container, 'startupProbe', probeDefaults),
  ...(container.lifecycle === undefined
    ? {}
    : {
        lifecycle: {
          ...container.lifecycle,
          ...fillField(container.lifecycle, 'postStart', handlerDefaults),
          ...fillField(container.lifecycle, 'preStop', handlerDefaults),
        },
      }),
})

/** One field of a record, filled when it is there. */
const fillField = <Of extends object, Key extends keyof Of>(
  record: Of,
  key: Key,
  fill: (value: NonNullable<Of[Key]>) => Of[Key],
): Partial<Of> => {
  const value = record[key]
  return value === undefined || value === null
    ? {}
    : ({ [key]: fill(value) } as unknown as Partial<Of>)
}

type EnvVar = NonNullable<WireContainer['env']>[number]

const envDefaults = (env: EnvVar): EnvVar => {
  const reference = env.valueFrom?.fieldRef
  if (reference === undefined) return env
  const apiVersion = nonEmpty(reference.apiVersion) ?? 'v1'
  return { ...env, valueFrom: { ...env.valueFrom, fieldRef: { ...reference, apiVersion } } }
}

const probeDefaults = (probe: WireProbe): WireProbe => ({
  ...handlerDefaults(probe),
  timeoutSeconds: nonZero(probe.timeoutSeconds) ?? 1,
  periodSeconds: nonZero(probe.periodSeconds) ?? 10,
  successThreshold: nonZero(probe.successThreshold) ?? 1,
  failureThreshold: nonZero(probe.failureThreshold) ?? 3,
})

const nonZero = (count: number | undefined): number | undefined => (count === 0 ? undefined : count)

const handlerDefaults = <Of extends WireHandler>(handler: Of): Of => ({
  ...handler,
  ...(handler.httpGet === undefined
    ? {}
    : {
        httpGet: {
          ...handler.httpGet,
          path: nonEmpty(handler.httpGet.path) ?? '/',
          scheme: nonEmpty(handler.httpGet.scheme) ?? 'HTTP',
        },
      }),
  ...(handler.grpc === undefined ? {} : { grpc: { service: '', ...handler.grpc } }),
})

const volumeDefaults = (volume: WireVolume): WireVolume => {
  const { name, ...sources } = volume
  if (Object.keys(sources).length === 0) return { ...volume, emptyDir: {} }
  const mode = { defaultMode: 420 }
  return {
    ...volume,
    ...withSource(volume, 'configMap', (source) => ({ ...mode, ...source })),
    ...withSource(volume, 'secret', (source) => ({ ...mode, ...source })),
    ...withSource(volume, 'downwardAPI', (source) => ({ ...mode, ...source })),
    ...withSource(volume, 'projected', (source) => ({ ...mode, ...source })),
    ...withSource(volume, 'hostPath', (source) => ({ type: '', ...source })),
    ...withSource(volume, 'ephemeral', (source) => {
      const { volumeClaimTemplate } = source as {
        readonly volumeClaimTemplate?: { readonly spec?: WireClaimSpec }
      }
      if (volumeClaimTemplate === undefined) return source
      const spec = claimDefaults(volumeClaimTemplate.spec ?? {})
      return { volumeClaimTemplate: { metadata: {}, ...volumeClaimTemplate, spec } }
    }),
  }
}

const withSource = (
  volume: WireVolume,
  kind: string,
  fill: (source: object) => object,
): WireVolume => {
  const source = volume[kind]
  return source === undefined ? {} : { [kind]: fill(source as object) }
}

const requestsFromLimits = (container: WireContainer): WireContainer => {
  const { limits, requests } = container.resources ?? {}
  if (limits === undefined) return container
  return {
    ...container,
    resources: { ...container.resources, requests: { ...limits, ...requests } },
  }
}

/** A host port of 0 means that none was set. */
const portsOnHost = (container: WireContainer): WireContainer => ({
  ...container,
  ...(container.ports === undefined
    ? {}
    : {
        ports: container.ports.map((port) => ({
          ...port,
          hostPort: nonZero(port.hostPort) ?? port.containerPort ?? 0,
        })),
      }),
})
