/**
 * Builds the cluster that a Karpenter scenario describes, and fills in the fields that an API
 * server would set.
 */
import { decodeValue, isObject, own } from '@stowage/documents'
import { byCodeUnit, getOrThrow, instant, type Instant } from '@stowage/kernel'
import { karpenterRules } from './rules.js'
import type { KarpenterScenario } from './line.js'

type World = Parameters<typeof karpenterRules.provisionPods>[0]
type Pod = World['pods'][number]
type WorldNode = World['nodes'][number]

const { measuresFrom, instanceTypeFrom } = karpenterRules

/** 2026-01-01T12:00:00Z. */
const noon = instant(1_767_268_800_000)

/** The cluster. */
export const scenarioWorld = (scenario: KarpenterScenario): World => {
  const now = scenario.now ?? noon
  const types = scenario.instanceTypes.map((type) => ({
    pools: type.nodePools,
    type: instanceTypeFrom({
      ...{ name: type.name, capacity: measuresFrom(type.capacity) },
      ...{ overhead: measuresFrom(type.overhead), labels: type.labels },
      offerings: type.offerings.map(({ available, ...one }) => ({
        ...one,
        isAvailable: available ?? true,
      })),
      volumeLimits: type.volumeLimits,
    }),
  }))
  const byName = new Map(types.map(({ type }) => [type.name, type]))
  const pods = scenario.pods.map(filledPod)
  return {
    ...{ now, options: scenario.settings, pods, budgets: scenario.podDisruptionBudgets },
    pools: scenario.nodePools.map(filledPool),
    typesOf: new Map(
      scenario.nodePools.map(({ metadata: { name } }) => [
        name,
        types
          .filter(({ pools }) => pools.length === 0 || pools.includes(name))
          .map(({ type }) => type),
      ]),
    ),
    nodes: scenario.nodes.map((node) => runningNode(node, byName.get(node.instanceType)!, now)),
    daemons: scenario.daemonSets.map((set) => daemonOf(set, pods)),
    ...storageOf(scenario.objects),
  }
}

type Pool = KarpenterScenario['nodePools'][number]

const nodeClassRef = { group: 'karpenter.test.sh', kind: 'TestNodeClass', name: 'default' }

/** The recorded answers take `Never` for the default, which upstream writes for an absent one. */
const filledPool = ({ metadata, spec }: Pool): Pool => {
  const { template, disruption } = spec
  const consolidateAfter =
    disruption.consolidateAfter === 'Never' ? '0s' : disruption.consolidateAfter
  return {
    metadata,
    spec: {
      ...spec,
      template: { ...template, spec: { ...template.spec, nodeClassRef } },
      disruption: { ...disruption, consolidateAfter },
    },
  }
}

const filledPod = (pod: Pod, at: number): Pod => {
  const { metadata, spec, status } = pod
  const isBound = (spec.nodeName ?? '') !== ''
  const phase = status?.phase ?? (isBound ? 'Running' : undefined)
  const hasConditions = isBound || (status?.conditions.length ?? 0) > 0
  const unschedulable = [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable' }]
  return {
    metadata: {
      ...{ ...metadata, namespace: metadata.namespace ?? 'default' },
      uid: metadata.uid ?? `pod-${String(at).padStart(6, '0')}`,
    },
    spec,
    status: {
      ...(status ?? noStatus),
      phase: hasConditions ? phase : 'Pending',
      conditions: hasConditions ? (status?.conditions ?? []) : unschedulable,
    },
  }
}

const noStatus: NonNullable<Pod['status']> = {
  ...{ phase: undefined, startTime: undefined, nominatedNodeName: undefined, conditions: [] },
  ...{ resources: undefined, allocatedResources: undefined, resourceClaimStatuses: [] },
  ...{ containerStatuses: [], initContainerStatuses: [] },
}

type ScenarioNode = KarpenterScenario['nodes'][number]
type InstanceType = ReturnType<typeof instanceTypeFrom>

const runningNode = (node: ScenarioNode, type: InstanceType, now: Instant): WorldNode => {
  const { name, nodePool, taints } = node
  const isManaged = (nodePool ?? '') !== ''
  const ofType = [...type.requirements.values()].flatMap(({ key, values }) =>
    values.size === 1 ? [[key, [...values][0]!] as const] : [],
  )
  const isInitialized = node.uninitialized !== true
  const labels = new Map([
    ...ofType,
    ...([
      ['node.kubernetes.io/instance-type', node.instanceType],
      ['topology.kubernetes.io/zone', node.zone],
      ['karpenter.sh/capacity-type', node.capacityType],
      ['kubernetes.io/hostname', name],
      ['karpenter.sh/registered', 'true'],
      ...(isInitialized ? [['karpenter.sh/initialized', 'true'] as const] : []),
    ] as const),
    ...node.labels,
    ...(isManaged ? [['karpenter.sh/nodepool', nodePool!] as const] : []),
  ])
  return {
    ...{ name, labels, taints, isManaged, isReady: true, isProtected: false, quietSince: now },
    ...{ capacity: type.capacity, allocatable: type.allocatable },
    isInitialized: !isManaged || labels.get('karpenter.sh/initialized') === 'true',
  }
}

type ScenarioDaemonSet = KarpenterScenario['daemonSets'][number]
type PodSpec = Pod['spec']

/** The newest pod of a DaemonSet, or one as its template says, with requests for its limits. */
const daemonOf = (
  { metadata, spec: { template } }: ScenarioDaemonSet,
  pods: readonly Pod[],
): Pod => {
  const namespace = metadata.namespace ?? 'kube-system'
  const [newest] = pods
    .filter(
      (pod) =>
        pod.metadata.namespace === namespace &&
        pod.metadata.ownerReferences.some(
          ({ controller, uid }) => controller === true && (uid ?? '') === (metadata.uid ?? ''),
        ),
    )
    .sort((one, other) =>
      byCodeUnit(other.metadata.creationTimestamp ?? '', one.metadata.creationTimestamp ?? ''),
    )
  const requesting = <Part extends Pick<PodSpec, 'resources'>>(part: Part): Part => {
    const { requests, limits } = part.resources
    return { ...part, resources: { limits, requests: new Map([...limits, ...requests]) } }
  }
  const pod = newest ?? {
    metadata: { ...metadata, namespace },
    spec: {
      ...template.spec,
      containers: template.spec.containers.map(requesting),
      initContainers: template.spec.initContainers.map(requesting),
    },
    status: undefined,
  }
  const required =
    template.spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution
  if (required === undefined) return pod
  const affinity = pod.spec.affinity ?? noAffinity
  const nodeAffinity = {
    preferredDuringSchedulingIgnoredDuringExecution: [],
    ...affinity.nodeAffinity,
    requiredDuringSchedulingIgnoredDuringExecution: required,
  }
  return { ...pod, spec: { ...pod.spec, affinity: { ...affinity, nodeAffinity } } }
}

const noAffinity = { nodeAffinity: undefined, podAffinity: undefined, podAntiAffinity: undefined }

/** Objects by kind, as they were written. */
const ofKind = (objects: readonly unknown[], kind: string): readonly unknown[] =>
  objects.filter((object) => isObject(object) && own(object, 'kind') === kind)

const storageOf = (objects: readonly unknown[]): Pick<World, 'storage' | 'namespaces'> => {
  const { CSINode, KarpenterVolume, PersistentVolumeClaim, StorageClass, KarpenterNamespace } =
    karpenterRules
  const read = <Value>(kind: string, codec: Parameters<typeof decodeValue<Value>>[0]) =>
    ofKind(objects, kind).map((object) => getOrThrow(decodeValue(codec, object)))
  return {
    storage: {
      claims: new Map(
        read('PersistentVolumeClaim', PersistentVolumeClaim).map((claim) => [
          `${claim.metadata.namespace ?? 'default'}/${claim.metadata.name}`,
          claim,
        ]),
      ),
      volumes: new Map(
        read('PersistentVolume', KarpenterVolume).map((one) => [one.volume.metadata.name, one]),
      ),
      classes: new Map(read('StorageClass', StorageClass).map((one) => [one.metadata.name, one])),
      csiNodes: new Map(read('CSINode', CSINode).map((one) => [one.metadata.name, one])),
    },
    namespaces: new Map(
      read('Namespace', KarpenterNamespace).map(({ metadata }) => [metadata.name, metadata.labels]),
    ),
  }
}
