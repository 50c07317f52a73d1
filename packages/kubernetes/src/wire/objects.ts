/**
 * Defines the types of API objects as they are sent and stored, with only the fields that admission
 * reads. Fields have the names of the API. An absent field is `undefined`, and a quantity is a text
 * in canonical form.
 */
import type { WireContainerSecurityContext, WirePodSecurityContext } from './security.js'

/** Texts by free keys. */
export type Texts = Readonly<Record<string, string>>

/** Quantities by resource name. */
export type WireAmounts = Texts

/** A number, or a percentage as text. */
export type IntOrPercent = number | string

/** Metadata of an object, or of a template. */
export interface WireMetadata {
  readonly name?: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid?: string
  readonly creationTimestamp?: string
  readonly labels?: Texts
  readonly annotations?: Texts
  readonly finalizers?: readonly string[]
}

/** A selector of labels. */
export interface WireSelector {
  readonly matchLabels?: Texts
  readonly matchExpressions?: readonly WireRequirement[]
}

/** A requirement of a selector of labels or of nodes. */
export interface WireRequirement {
  readonly key?: string
  readonly operator?: string
  readonly values?: readonly string[]
}

/** Requests and limits. */
export interface WireResources {
  readonly requests?: WireAmounts
  readonly limits?: WireAmounts
  readonly claims?: readonly { readonly name?: string; readonly request?: string }[]
}

/** A port of a container. */
export interface WirePort {
  readonly name?: string
  readonly containerPort?: number
  readonly hostPort?: number
  readonly hostIP?: string
  readonly protocol?: string
}

/** What a probe or a hook does. */
export interface WireHandler {
  readonly exec?: { readonly command?: readonly string[] }
  readonly httpGet?: {
    readonly port?: IntOrPercent
    readonly host?: string
    readonly path?: string
    readonly scheme?: string
  }
  readonly tcpSocket?: { readonly port?: IntOrPercent; readonly host?: string }
  readonly grpc?: { readonly port?: number; readonly service?: string }
  readonly sleep?: { readonly seconds?: number }
}

/** A probe of a container. */
export interface WireProbe extends WireHandler {
  readonly initialDelaySeconds?: number
  readonly timeoutSeconds?: number
  readonly periodSeconds?: number
  readonly successThreshold?: number
  readonly failureThreshold?: number
  readonly terminationGracePeriodSeconds?: number
}

/** A container of any kind. */
export interface WireContainer {
  readonly name?: string
  readonly image?: string
  readonly imagePullPolicy?: string
  readonly terminationMessagePath?: string
  readonly terminationMessagePolicy?: string
  readonly resources?: WireResources
  readonly ports?: readonly WirePort[]
  readonly env?: readonly {
    readonly name?: string
    readonly value?: string
    readonly valueFrom?: { readonly fieldRef?: { readonly apiVersion?: string } }
  }[]
  readonly livenessProbe?: WireProbe
  readonly readinessProbe?: WireProbe
  readonly startupProbe?: WireProbe
  readonly lifecycle?: {
    readonly postStart?: WireHandler
    readonly preStop?: WireHandler
    readonly stopSignal?: string
  }
  readonly restartPolicy?: string
  readonly restartPolicyRules?: readonly {
    readonly action?: string
    readonly exitCodes?: { readonly operator?: string; readonly values?: readonly number[] }
  }[]
  readonly securityContext?: WireContainerSecurityContext
  readonly volumeMounts?: readonly { readonly name?: string; readonly mountPath?: string }[]
  readonly volumeDevices?: readonly { readonly name?: string; readonly devicePath?: string }[]
}

/** A volume: its name, and its one source under the name of its kind. */
export interface WireVolume {
  readonly name?: string
  readonly [source: string]: unknown
}

/** A term of affinity to pods. */
export interface WirePodTerm {
  readonly labelSelector?: WireSelector
  readonly namespaceSelector?: WireSelector
  readonly namespaces?: readonly string[]
  readonly topologyKey?: string
  readonly matchLabelKeys?: readonly string[]
  readonly mismatchLabelKeys?: readonly string[]
}

/** Affinity or anti-affinity to pods. */
export interface WirePodAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: readonly WirePodTerm[]
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight?: number
    readonly podAffinityTerm?: WirePodTerm
  }[]
}

/** A term of affinity to nodes. */
export interface WireNodeTerm {
  readonly matchExpressions?: readonly WireRequirement[]
  readonly matchFields?: readonly WireRequirement[]
}

/** Affinity to nodes. */
export interface WireNodeAffinity {
  readonly requiredDuringSchedulingIgnoredDuringExecution?: {
    readonly nodeSelectorTerms?: readonly WireNodeTerm[]
  }
  readonly preferredDuringSchedulingIgnoredDuringExecution?: readonly {
    readonly weight?: number
    readonly preference?: WireNodeTerm
  }[]
}

/** What a pod asks of nodes and of other pods. */
export interface WireAffinity {
  readonly nodeAffinity?: WireNodeAffinity
  readonly podAffinity?: WirePodAffinity
  readonly podAntiAffinity?: WirePodAffinity
}

/** A topology spread constraint. */
export interface WireSpread {
  readonly maxSkew?: number
  readonly topologyKey?: string
  readonly whenUnsatisfiable?: string
  readonly labelSelector?: WireSelector
  readonly matchLabelKeys?: readonly string[]
  readonly minDomains?: number
  readonly nodeAffinityPolicy?: string
  readonly nodeTaintsPolicy?: string
}

/** A toleration of taints. */
export interface WireToleration {
  readonly key?: string
  readonly operator?: string
  readonly value?: string
  readonly effect?: string
  readonly tolerationSeconds?: number
}

/** A pod spec. */
export interface WirePodSpec {
  readonly containers?: readonly WireContainer[]
  readonly initContainers?: readonly WireContainer[]
  readonly ephemeralContainers?: readonly WireContainer[]
  readonly resources?: WireResources
  readonly overhead?: WireAmounts
  readonly runtimeClassName?: string
  readonly nodeName?: string
  readonly nodeSelector?: Texts
  readonly affinity?: WireAffinity
  readonly topologySpreadConstraints?: readonly WireSpread[]
  readonly tolerations?: readonly WireToleration[]
  readonly hostNetwork?: boolean
  readonly hostPID?: boolean
  readonly hostIPC?: boolean
  readonly hostUsers?: boolean
  readonly shareProcessNamespace?: boolean
  readonly volumes?: readonly WireVolume[]
  readonly priority?: number
  readonly priorityClassName?: string
  readonly preemptionPolicy?: string
  readonly schedulerName?: string
  readonly schedulingGates?: readonly { readonly name?: string }[]
  readonly resourceClaims?: readonly {
    readonly name?: string
    readonly resourceClaimName?: string
    readonly resourceClaimTemplateName?: string
  }[]
  readonly restartPolicy?: string
  readonly dnsPolicy?: string
  readonly dnsConfig?: { readonly nameservers?: readonly string[] }
  readonly securityContext?: WirePodSecurityContext
  readonly serviceAccount?: string
  readonly serviceAccountName?: string
  readonly terminationGracePeriodSeconds?: number
  readonly activeDeadlineSeconds?: number
  readonly enableServiceLinks?: boolean
  readonly hostAliases?: readonly { readonly ip?: string; readonly hostnames?: readonly string[] }[]
  readonly hostname?: string
  readonly subdomain?: string
  readonly os?: { readonly name?: string }
}

/** A pod template. */
export interface WireTemplate {
  readonly metadata?: WireMetadata
  readonly spec?: WirePodSpec
}

/** Any object. */
export interface WireObject {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata?: WireMetadata
  readonly spec?: unknown
  readonly status?: unknown
}

/** A pod. */
export interface WirePod extends WireObject {
  readonly spec?: WirePodSpec
}

/** What a claim on devices requests. */
export interface WireResourceClaimSpec {
  readonly devices?: {
    readonly requests?: readonly WireDeviceRequest[]
    readonly constraints?: readonly WireDeviceConstraint[]
  }
}

/** A request of devices, exact or with alternatives. */
export interface WireDeviceRequest {
  readonly name?: string
  readonly exactly?: WireDeviceShare & { readonly adminAccess?: boolean }
  readonly firstAvailable?: readonly (WireDeviceShare & { readonly name?: string })[]
}

/** Devices of one class. */
export interface WireDeviceShare {
  readonly deviceClassName?: string
  readonly selectors?: readonly WireDeviceSelector[]
  readonly allocationMode?: string
  readonly count?: number
  readonly tolerations?: readonly WireToleration[]
}

/** A condition on a device. */
export interface WireDeviceSelector {
  readonly cel?: { readonly expression?: string }
}

/** An attribute in which devices agree or differ. */
export interface WireDeviceConstraint {
  readonly requests?: readonly string[]
  readonly matchAttribute?: string
  readonly distinctAttribute?: string
}

/** A class of devices. */
export interface WireDeviceClassSpec {
  readonly selectors?: readonly WireDeviceSelector[]
  readonly extendedResourceName?: string
  readonly config?: readonly {
    readonly opaque?: { readonly driver?: string; readonly parameters?: unknown }
  }[]
}

/** The nodes that reach devices. */
export interface WireNodeReach {
  readonly nodeName?: string
  readonly nodeSelector?: { readonly nodeSelectorTerms?: readonly WireNodeTerm[] }
  readonly allNodes?: boolean
}

/** Devices of a driver, or the counters that they share. */
export interface WireResourceSliceSpec extends WireNodeReach {
  readonly driver?: string
  readonly pool?: {
    readonly name?: string
    readonly generation?: number
    readonly resourceSliceCount?: number
  }
  readonly perDeviceNodeSelection?: boolean
  readonly devices?: readonly WireDevice[]
  readonly sharedCounters?: readonly {
    readonly name?: string
    readonly counters?: Readonly<Record<string, unknown>>
  }[]
}

/** A device of a slice. */
export interface WireDevice extends WireNodeReach {
  readonly name?: string
  readonly attributes?: Readonly<Record<string, WireDeviceAttribute>>
  readonly capacity?: Readonly<Record<string, WireDeviceCapacity>>
  readonly taints?: readonly WireDeviceTaint[]
  readonly consumesCounters?: readonly {
    readonly counterSet?: string
    readonly counters?: Readonly<Record<string, unknown>>
  }[]
  readonly allowMultipleAllocations?: boolean
  readonly bindingConditions?: readonly string[]
  readonly bindingFailureConditions?: readonly string[]
}

/** What describes a device. */
export interface WireDeviceAttribute {
  readonly string?: string
  readonly version?: string
  readonly bool?: boolean
  readonly int?: number
}

/** An amount that a device has. */
export interface WireDeviceCapacity {
  readonly value?: string
  readonly requestPolicy?: {
    readonly default?: string
    readonly validValues?: readonly string[]
    readonly validRange?: {
      readonly min?: string
      readonly max?: string
      readonly step?: string
    }
  }
}

/** A taint of a device. */
export interface WireDeviceTaint {
  readonly key?: string
  readonly value?: string
  readonly effect?: string
}

/** A rule that taints devices. */
export interface WireDeviceTaintRuleSpec {
  readonly deviceSelector?: {
    readonly driver?: string
    readonly pool?: string
    readonly device?: string
  }
  readonly taint?: WireDeviceTaint
}

/** How an update replaces pods. */
export interface WireStrategy {
  readonly type?: string
  readonly rollingUpdate?: {
    readonly maxSurge?: IntOrPercent
    readonly maxUnavailable?: IntOrPercent
    readonly partition?: number
  }
}

/** A Deployment, ReplicaSet, StatefulSet or DaemonSet. */
export interface WireWorkloadSpec {
  readonly replicas?: number
  readonly selector?: WireSelector
  readonly template?: WireTemplate
  readonly minReadySeconds?: number
  readonly revisionHistoryLimit?: number
  readonly progressDeadlineSeconds?: number
  readonly strategy?: WireStrategy
  readonly updateStrategy?: WireStrategy
  readonly podManagementPolicy?: string
  readonly serviceName?: string
  readonly ordinals?: { readonly start?: number }
  readonly persistentVolumeClaimRetentionPolicy?: {
    readonly whenDeleted?: string
    readonly whenScaled?: string
  }
  readonly volumeClaimTemplates?: readonly WireClaim[]
}

/** A ReplicationController's spec. */
export interface WireReplicationSpec {
  readonly replicas?: number
  readonly minReadySeconds?: number
  readonly selector?: Texts
  readonly template?: WireTemplate
}

/** A Job's spec. */
export interface WireJobSpec {
  readonly parallelism?: number
  readonly completions?: number
  readonly completionMode?: string
  readonly activeDeadlineSeconds?: number
  readonly backoffLimit?: number
  readonly backoffLimitPerIndex?: number
  readonly maxFailedIndexes?: number
  readonly ttlSecondsAfterFinished?: number
  readonly managedBy?: string
  readonly manualSelector?: boolean
  readonly suspend?: boolean
  readonly podReplacementPolicy?: string
  readonly selector?: WireSelector
  readonly podFailurePolicy?: { readonly rules?: readonly WireFailureRule[] }
  readonly successPolicy?: {
    readonly rules?: readonly {
      readonly succeededIndexes?: string
      readonly succeededCount?: number
    }[]
  }
  readonly template?: WireTemplate
}

/** A rule of a Job's failure policy. */
export interface WireFailureRule {
  readonly action?: string
  readonly onExitCodes?: {
    readonly containerName?: string
    readonly operator?: string
    readonly values?: readonly number[]
  }
  readonly onPodConditions?: readonly { readonly type?: string; readonly status?: string }[]
}

/** A CronJob's spec. */
export interface WireCronSpec {
  readonly schedule?: string
  readonly timeZone?: string
  readonly concurrencyPolicy?: string
  readonly startingDeadlineSeconds?: number
  readonly suspend?: boolean
  readonly successfulJobsHistoryLimit?: number
  readonly failedJobsHistoryLimit?: number
  readonly jobTemplate?: { readonly metadata?: WireMetadata; readonly spec?: WireJobSpec }
}

/** A claim of a volume. */
export interface WireClaim {
  readonly metadata?: WireMetadata
  readonly spec?: WireClaimSpec
}

/** A claim's spec. */
export interface WireClaimSpec {
  readonly accessModes?: readonly string[]
  readonly resources?: { readonly requests?: WireAmounts; readonly limits?: WireAmounts }
  readonly selector?: WireSelector
  readonly storageClassName?: string
  readonly volumeAttributesClassName?: string
  readonly volumeMode?: string
  readonly volumeName?: string
}

/** The source of a volume, by its own fields. */
export type WireVolumeSource = Readonly<Record<string, unknown>>

/** The spec of a volume, with its source among its fields. */
export interface WireVolumeSpec extends WireVolumeSource {
  readonly accessModes?: readonly string[]
  readonly capacity?: WireAmounts
  readonly csi?: WireVolumeSource
  readonly hostPath?: WireVolumeSource & { readonly path?: string }
  readonly local?: WireVolumeSource
  readonly nodeAffinity?: {
    readonly required?: { readonly nodeSelectorTerms?: readonly WireNodeTerm[] }
  }
  readonly persistentVolumeReclaimPolicy?: string
  readonly storageClassName?: string
  readonly volumeAttributesClassName?: string
  readonly volumeMode?: string
}

/** A LimitRange's spec. */
export interface WireLimitRangeSpec {
  readonly limits?: readonly WireLimit[]
}

/** Limits and defaults of one type: Container, Pod or PersistentVolumeClaim. */
export interface WireLimit {
  readonly type?: string
  readonly default?: WireAmounts
  readonly defaultRequest?: WireAmounts
  readonly max?: WireAmounts
  readonly min?: WireAmounts
  readonly maxLimitRequestRatio?: WireAmounts
}

/** A ResourceQuota's spec. */
export interface WireQuotaSpec {
  readonly hard?: WireAmounts
  readonly scopes?: readonly string[]
  readonly scopeSelector?: {
    readonly matchExpressions?: readonly {
      readonly scopeName?: string
      readonly operator?: string
      readonly values?: readonly string[]
    }[]
  }
}

/** A RuntimeClass. */
export interface WireRuntimeClass extends WireObject {
  readonly handler?: string
  readonly overhead?: { readonly podFixed?: WireAmounts }
  readonly scheduling?: {
    readonly nodeSelector?: Texts
    readonly tolerations?: readonly WireToleration[]
  }
}

/** A PriorityClass. */
export interface WirePriorityClass extends WireObject {
  readonly value?: number
  readonly globalDefault?: boolean
  readonly preemptionPolicy?: string
}

/** A StorageClass. */
export interface WireStorageClass extends WireObject {
  readonly provisioner?: string
  readonly parameters?: Texts
  readonly reclaimPolicy?: string
  readonly volumeBindingMode?: string
  readonly allowedTopologies?: readonly {
    readonly matchLabelExpressions?: readonly {
      readonly key?: string
      readonly values?: readonly string[]
    }[]
  }[]
}
