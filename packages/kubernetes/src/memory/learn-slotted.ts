/**
 * Applies reports about StatefulSets and DaemonSets to the controllers' memory (their state). A
 * reported spec replaces the known spec; what the controllers have recorded about the object is
 * kept.
 */
import { valueAt } from '@stowage/documents'
import { withChanges, type Draft } from '@stowage/kernel'
import { daemonSpec } from '../daemon-set/daemon-tolerations.js'
import { selects } from '../words/label-selector.js'
import { fullName, namespaceOf } from '../workload/workload.js'
import { recordTemplate } from './learn-workload.js'
import type { ClassSetting } from './lowered-class.js'
import {
  withNote,
  type KubernetesMemory,
  type SlottedRecord,
  type TemplateRecord,
  type TemplateRevision,
} from './memory.js'
import type { ReportedObject } from './read-report.js'

/** The memory with a StatefulSet. */
export const withStatefulSet = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'StatefulSet'>,
): KubernetesMemory => {
  const { spec } = reported.found.object
  const { storedClaims } = reported.workload
  const { whenDeleted, whenScaled } = spec.persistentVolumeClaimRetentionPolicy ?? {}
  const templates = spec.volumeClaimTemplates.map(({ metadata }) => metadata.name)
  return withSlotted(draft, setting, memory, reported, {
    ordinals: {
      replicas: spec.replicas ?? 1,
      start: spec.ordinals?.start ?? 0,
      isParallel: spec.podManagementPolicy === 'Parallel',
    },
    ...(templates.length === 0
      ? {}
      : {
          claims: {
            templates,
            ...(storedClaims === undefined ? {} : { stored: storedClaims }),
            whenDeleted: whenDeleted === 'Delete' ? 'Delete' : 'Retain',
            whenScaled: whenScaled === 'Delete' ? 'Delete' : 'Retain',
          },
        }),
  })
}

/** The memory with a DaemonSet; its pods have the tolerations that the controller adds. */
export const withDaemonSet = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'DaemonSet'>,
): KubernetesMemory => {
  const { workload } = reported
  const spec = daemonSpec(workload.spec)
  const admitted = { ...reported, workload: { ...workload, spec } }
  const { nodeName, nodeSelector, affinity, tolerations, hostNetwork } = workload.spec
  const { nodes, countedNodes } = memory.slotted.get(`DaemonSet ${workload.name}`)?.daemon ?? {
    ...{ nodes: new Map(), countedNodes: new Map() },
  }
  return withSlotted(draft, setting, memory, admitted, {
    daemon: {
      template: { nodeName, nodeSelector, affinity, tolerations, hostNetwork },
      ...{ nodes, countedNodes },
    },
  })
}

/** The versions with the present template as the last one; one that comes back is counted anew. */
const revisionsAfter = (
  before: readonly TemplateRevision[],
  { text, hash }: TemplateRecord,
): readonly TemplateRevision[] => {
  const last = before.at(-1)
  if (last?.text === text) return before
  const others = before.filter((one) => one.text !== text)
  const present = { text, label: hash, number: (last?.number ?? 0) + 1 }
  return [...others, present]
}

const revisionOf = ({ text, label, number }: TemplateRevision): TemplateRevision => ({
  ...{ text, label, number },
})

/** The revision of the present template, where the document of a StatefulSet says it. */
const updateRevision = (raw: unknown): string => {
  const revision = valueAt(raw, ['status', 'updateRevision'])
  return typeof revision === 'string' ? revision : ''
}

const withSlotted = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  reported: ReportedObject<'StatefulSet'> | ReportedObject<'DaemonSet'>,
  more: Pick<SlottedRecord, 'ordinals' | 'daemon' | 'claims'>,
): KubernetesMemory => {
  const { kind, object } = reported.found
  const { metadata, spec } = object
  const name = fullName(metadata)
  const title = `${kind} ${name}`
  const known = memory.slotted.get(title)
  const { memory: next, template } = recordTemplate(draft, setting, memory, reported)
  const namespace = namespaceOf(metadata)
  const adopted =
    known !== undefined
      ? []
      : [...next.orphans.values()]
          .filter((one) => one.kind === kind && one.namespace === namespace)
          .filter(({ labels }) => selects(spec.selector, labels))
          .sort((one, other) => one.number - other.number)
  const record: SlottedRecord = {
    ...{ title, name, namespace, isDeleted: false, template },
    minReady: (spec.minReadySeconds ?? 0) * 1000,
    strategy: spec.updateStrategy ?? { type: undefined, rollingUpdate: undefined },
    current: known?.current ?? template,
    first: known?.first ?? { text: template.text, hash: updateRevision(reported.found.raw) },
    members: known?.members ?? new Map(),
    waiting: known?.waiting ?? new Map(),
    revisions: revisionsAfter(known?.revisions ?? adopted.map(revisionOf), template),
    revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
    ...(spec.selector === undefined ? {} : { podSelector: spec.selector }),
    ...more,
  }
  const orphans = withChanges(
    next.orphans,
    adopted.map((one) => [one.name, undefined] as const),
  )
  return withNote(
    { ...next, orphans, slotted: withChanges(next.slotted, [[title, record]]) },
    { _tag: 'SlottedNote', title },
  )
}
