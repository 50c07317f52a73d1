/**
 * Adds a reported pod without a node to the controllers' memory (their state). The pod is recorded
 * as if it were a workload with one pod.
 */
import { withChanges, type Draft } from '@stowage/kernel'
import { controllerRefOf } from '../words/metadata.js'
import { controllerNameOf, fullName } from '../workload/workload.js'
import { isProbed } from './learn-workload.js'
import { withClass, type ClassSetting } from './lowered-class.js'
import { withNote, type KubernetesMemory, type SlottedRecord } from './memory.js'
import type { ReportedObject } from './read-report.js'

/** The title of a pod. */
export const titleOfPod = (name: string): string => `Pod ${name}`

/** The memory with a pod that waits. */
export const withWaitingPod = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  { found, workload }: ReportedObject<'Pod'>,
): KubernetesMemory => {
  const { metadata } = found.object
  const name = fullName(metadata)
  const title = titleOfPod(name)
  const { memory: next, classKey } = withClass(draft, setting, memory, workload)
  const owner = controllerRefOf(metadata)
  const template = {
    ...{ text: '', hash: '', classKey, labels: workload.labels, deletionCost: 0 },
    isProbed: isProbed(found, workload),
    isGated: workload.spec.schedulingGates.length > 0,
    refusal: workload.refusal,
    ...(workload.stored === undefined ? {} : { stored: workload.stored }),
  }
  const record: SlottedRecord = {
    ...{ title, name, namespace: workload.namespace, isDeleted: false, minReady: 0 },
    ...{ template, current: template, first: template, members: new Map() },
    strategy: { type: undefined, rollingUpdate: undefined },
    pod: {
      uid: metadata.uid ?? name,
      controlledBy:
        owner === undefined ? undefined : (controllerNameOf(metadata, 'ReplicaSet') ?? ''),
    },
    waiting: memory.slotted.get(title)?.waiting ?? new Map(),
  }
  return withNote(
    { ...next, slotted: withChanges(next.slotted, [[title, record]]) },
    { _tag: 'SlottedNote', title },
  )
}

/** The memory in which a pod that waits was deleted. */
export const withoutWaitingPod = (memory: KubernetesMemory, name: string): KubernetesMemory => {
  const title = titleOfPod(name)
  const record = memory.slotted.get(title)
  if (record === undefined) return memory
  const slotted = withChanges(memory.slotted, [[title, { ...record, isDeleted: true }]])
  return withNote({ ...memory, slotted }, { _tag: 'SlottedNote', title })
}
