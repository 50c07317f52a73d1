/**
 * Builds the StatefulSets, DaemonSets and Jobs, with their statuses, that an API server would
 * return, from the memory (the state) of the workload controllers. Also builds the
 * ControllerRevisions of StatefulSets and DaemonSets.
 */
import { byCodeUnit } from '@stowage/kernel'
import type { Instant } from '@stowage/kernel'
import type { KubernetesMemory, PodRecord, SlottedRecord } from '../memory/memory.js'
import { jobStatus } from '../controller/job-status.js'
import { revisionName } from '../controller/revision-history.js'
import { revisionLabel } from '../controller/revision-label.js'
import { isAvailableSlot } from '../controller/slotted.js'
import { bareName, inTypeOrder, withoutZeros, type ApiObject } from './object.js'

/** A pod in a slot, or what waits in one. */
interface SlotPod {
  readonly label: string
  readonly isReady: boolean
  readonly isAvailable: boolean
  readonly isLeaving: boolean
  readonly key: number
}

/** The object with its ControllerRevisions. */
export const slottedObjects = (
  memory: KubernetesMemory,
  record: SlottedRecord,
  now: Instant,
): readonly ApiObject[] => {
  const { namespace, name: fullName, ordinals, job, pod, revisions = [] } = record
  const name = bareName(fullName)
  const kind = job !== undefined ? 'Job' : ordinals === undefined ? 'DaemonSet' : 'StatefulSet'
  if (pod !== undefined) return []
  const object = { kind, namespace, name }
  if (job !== undefined)
    return [
      {
        ...object,
        ...(job.cronJob === undefined ? {} : { owner: `CronJob ${bareName(job.cronJob)}` }),
        status: jobFields(memory, record),
      },
    ]
  const pods = slotPods(memory, record, now)
  const shown =
    ordinals === undefined
      ? { ...object, status: daemonFields(record, pods) }
      : { ...object, replicas: ordinals.replicas, status: statefulFields(record, pods) }
  return [
    shown,
    ...[...revisions]
      .sort((one, other) => byCodeUnit(one.label, other.label))
      .map(({ label, number }) => ({
        ...{ kind: 'ControllerRevision', namespace, owner: `${kind} ${name}`, revision: number },
        name: revisionName(record, { label }),
      })),
  ]
}

const slotPods = (
  memory: KubernetesMemory,
  record: SlottedRecord,
  now: Instant,
): readonly SlotPod[] => [
  ...[...record.members.keys()]
    .flatMap((replica): readonly PodRecord[] => {
      const pod = memory.pods.get(replica)
      return pod === undefined ? [] : [pod]
    })
    .map((pod) => ({
      ...{ label: revisionLabel(record, pod.slot!), key: pod.slot!.key },
      ...{ isReady: pod.readyAt !== undefined, isLeaving: pod.isLeaving },
      isAvailable: isAvailableSlot(record, pod, now),
    })),
  ...[...record.waiting].map(([key, slot]) => ({
    ...{ label: revisionLabel(record, slot), key },
    ...{ isReady: false, isAvailable: false, isLeaving: false },
  })),
]

const podCount = (pods: readonly SlotPod[], isIt: (pod: SlotPod) => boolean): number =>
  pods.filter(isIt).length

/** A pod that leaves still counts as one of the replicas, and of no version. */
const statefulFields = (
  record: SlottedRecord,
  pods: readonly SlotPod[],
): Readonly<Record<string, unknown>> => {
  const [currentRevision, updateRevision] = [record.current, record.template].map((template) =>
    revisionLabel(record, template),
  )
  const ofLabel = (revision: string | undefined): number =>
    podCount(pods, ({ label, isLeaving }) => !isLeaving && label === revision)
  return {
    replicas: pods.length,
    availableReplicas: podCount(pods, ({ isAvailable }) => isAvailable),
    ...{ collisionCount: 0, currentRevision, updateRevision },
    ...withoutZeros({
      readyReplicas: podCount(pods, ({ isReady }) => isReady),
      currentReplicas: ofLabel(currentRevision),
      updatedReplicas: ofLabel(updateRevision),
    }),
  }
}

/** Of two pods on a node, one that is ready is looked at first. */
const daemonFields = (
  record: SlottedRecord,
  pods: readonly SlotPod[],
): Readonly<Record<string, unknown>> => {
  const nodes = [...record.daemon!.countedNodes].filter(([, { shouldRun }]) => shouldRun)
  const dueNodes = new Set<number>(nodes.map(([node]) => node))
  const label = revisionLabel(record, record.template)
  const firsts = [...dueNodes].flatMap((node) => {
    const own = pods.filter(({ key, isLeaving }) => key === node && !isLeaving)
    return own.find(({ isReady }) => isReady) ?? own[0] ?? []
  })
  const available = podCount(firsts, ({ isAvailable }) => isAvailable)
  const strays = new Set(pods.filter(({ key }) => !dueNodes.has(key)).map(({ key }) => key))
  return {
    currentNumberScheduled: firsts.length,
    desiredNumberScheduled: dueNodes.size,
    numberMisscheduled: strays.size,
    numberReady: podCount(firsts, ({ isReady }) => isReady),
    ...withoutZeros({
      numberAvailable: available,
      numberUnavailable: dueNodes.size - available,
      updatedNumberScheduled: podCount(firsts, (pod) => pod.label === label),
    }),
  }
}

const jobFields = (
  memory: KubernetesMemory,
  record: SlottedRecord,
): Readonly<Record<string, unknown>> => {
  const { active, ready, terminating, succeeded, failed, conditions, ...indexes } = jobStatus(
    memory,
    record,
    record.waiting.size,
  )
  const { completedIndexes = '', failedIndexes } = indexes
  return {
    ...{ ready, terminating, ...withoutZeros({ active, succeeded, failed }) },
    ...(completedIndexes === '' ? {} : { completedIndexes }),
    ...(failedIndexes === undefined ? {} : { failedIndexes }),
    ...(conditions.length === 0
      ? {}
      : {
          conditions: inTypeOrder(
            conditions.map(({ type, status, reason, message }) => ({
              ...{ type, status, reason, message },
            })),
          ),
        }),
  }
}
