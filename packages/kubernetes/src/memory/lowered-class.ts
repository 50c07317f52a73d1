/**
 * Assigns each pod a kernel class (its demands and rules, as the scheduler sees them); equal pods
 * share a class. A class lists all labels of its pods, also those that no selector reads yet, so
 * that a new selector needs no new class.
 */
import {
  byCodeUnit,
  define,
  findClass,
  forget,
  getOrThrow,
  nodeIds,
  replicasOn,
  withChanges,
  type ClassId,
  type Draft,
} from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'
import { classSpecOf } from '../scheduler/lowered.js'
import type { KnownPod, SessionWorld } from '../scheduler/session.js'
import { carriedBy, speaksOf, type CarriedTerm } from '../surroundings/carried.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import { withNote, type KubernetesMemory, type LoweredClass, type Note } from './memory.js'

/** What classes depend on beside the pods. */
export interface ClassSetting extends Pick<SessionWorld, 'profiles' | 'tie'> {
  readonly surroundings: Surroundings
}

/** The memory with the class of a pod, and the key by which it is found. */
export interface KeyedClass {
  readonly memory: KubernetesMemory
  readonly classKey: string
}

/** Finds or defines the class of a pod. */
export const withClass = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  pod: KnownPod,
): KeyedClass => {
  const plain = placeablePod(pod)
  const classKey = keyOfPod(plain)
  if (memory.classes.has(classKey)) return { memory, classKey }
  const known = withTerms(draft, setting, memory, carriedBy(plain))
  const tidy = withoutUnused(draft, known)
  const lowered = { class: defineClass(draft, setting, tidy, plain), pod: plain }
  return {
    classKey,
    memory: {
      ...tidy,
      classes: withChanges(tidy.classes, [[classKey, lowered]]),
      tolerations: withChanges(tidy.tolerations, [[lowered.class, plain.spec.tolerations]]),
      classesMade: tidy.classesMade + 1,
    },
  }
}

/**
 * The pod without what takes more than rules to place: claims of volumes and of devices. Names of
 * other volumes, which differ from pod to pod, matter to nothing.
 */
const placeablePod = (pod: KnownPod): KnownPod => ({
  ...pod,
  named: undefined,
  status: undefined,
  resourceClaimStatuses: [],
  likeness: undefined,
  spec: {
    ...pod.spec,
    nodeName: undefined,
    resourceClaims: [],
    volumes: pod.spec.volumes.filter(({ source }) => diskSources.includes(source ?? '')),
  },
})

/** Disks that a pod names itself, which no two pods may write to. */
const diskSources: readonly string[] = [
  ...['gcePersistentDisk', 'awsElasticBlockStore', 'iscsi', 'rbd'],
]

const keyOfPod = ({ namespace, labels, spec, ownerSelector, ownerLabels }: KnownPod): string =>
  JSON.stringify([namespace, labels, spec, ownerSelector, ownerLabels], (_, value: unknown) =>
    value instanceof Map
      ? [...(value as ReadonlyMap<string, unknown>)].sort(([a], [b]) => byCodeUnit(a, b))
      : typeof value === 'bigint'
        ? String(value)
        : value,
  )

const defineClass = (
  draft: Draft,
  { surroundings, profiles, tie }: ClassSetting,
  { carried }: KubernetesMemory,
  pod: KnownPod,
): ClassId => {
  const around = {
    ...surroundings,
    namespaces: withNamespace(surroundings.namespaces, pod.namespace),
    carried: [...carried.values()],
    selectedKeys: everyKey,
  }
  return getOrThrow(define(draft, classSpecOf({ draft, around, profiles, tie }, pod)))
}

/** Every label is a fact. */
const everyKey: Surroundings['selectedKeys'] = { has: () => true }

/** A namespace that is no object has its name as its only label. */
const withNamespace = (
  namespaces: Surroundings['namespaces'],
  name: string,
): Surroundings['namespaces'] =>
  namespaces.has(name)
    ? namespaces
    : new Map([...namespaces, [name, new Map([['kubernetes.io/metadata.name', name]])]])

/**
 * The memory with these terms. The affinity terms of one pod restrict other pods: when a term
 * appears that no pod carried before, the classes that it concerns are replaced.
 */
const withTerms = (
  draft: Draft,
  setting: ClassSetting,
  memory: KubernetesMemory,
  terms: readonly CarriedTerm[],
): KubernetesMemory => {
  const fresh = terms.filter(({ text }) => !memory.carried.has(text))
  if (fresh.length === 0) return memory
  const carried = new Map(
    [...memory.carried, ...fresh.map((term) => [term.text, term] as const)].sort(([a], [b]) =>
      byCodeUnit(a, b),
    ),
  )
  const next = { ...memory, carried }
  const replaced = [...memory.classes].filter(([, { pod }]) => {
    const namespaces = withNamespace(setting.surroundings.namespaces, pod.namespace)
    return fresh.some((term) => speaksOf(term, pod, namespaces))
  })
  if (replaced.length === 0) return next
  const classes = new Map([
    ...memory.classes,
    ...replaced.map(([key, { pod }]): readonly [string, LoweredClass] => [
      key,
      { class: defineClass(draft, setting, next, pod), pod },
    ]),
  ])
  const keys = new Set(replaced.map(([key]) => key))
  const waiting = [...memory.replicaSets.values()].filter(
    (set) => set.waiting.length > 0 && keys.has(set.template.classKey),
  )
  const slotted = [...memory.slotted.values()].filter(
    (one) =>
      one.waiting.size > 0 && (keys.has(one.template.classKey) || keys.has(one.current.classKey)),
  )
  const notes: readonly Note[] = [
    ...waiting.map(({ name }): Note => ({ _tag: 'SetNote', name })),
    ...slotted.map(({ title }): Note => ({ _tag: 'SlottedNote', title })),
  ]
  return notes.reduce<KubernetesMemory>((before, note) => withNote(before, note), {
    ...next,
    classes,
    tolerations: withChanges(
      memory.tolerations,
      replaced.map(([key, { pod }]) => [classes.get(key)!.class, pod.spec.tolerations] as const),
    ),
    classesMade: memory.classesMade + replaced.length,
    oldClasses: [...memory.oldClasses, ...replaced.map(([, lowered]) => lowered.class)],
  })
}

/**
 * Forgets classes, with each fact that no other class has: a rollout brings a label with the hash
 * of its template, and the memory of a cluster must not grow with the number of rollouts.
 */
const forgetClasses = (draft: Draft, classes: readonly ClassId[]): void => {
  if (classes.length === 0) return
  const words = classes.flatMap((id) => O.toUndefined(findClass(draft, id))?.facts ?? [])
  getOrThrow(forget(draft, { classes, words }, 'keep'))
}

/** As few classes as these are not worth looking at every replica. */
const unusedMin = 16

/**
 * The memory without the classes that nothing uses. They are forgotten together, once as many were
 * made as are in use, because one call of `forget` looks at every replica.
 */
const withoutUnused = (draft: Draft, memory: KubernetesMemory): KubernetesMemory => {
  if (memory.classesMade < Math.max(unusedMin, memory.classes.size / 2)) return memory
  const keys = new Set([
    ...[...memory.deployments.values()].map(({ template }) => template.classKey),
    ...[...memory.replicaSets.values()].map(({ template }) => template.classKey),
    ...[...memory.cronJobs.values()].map(({ template }) => template.classKey),
    ...[...memory.slotted.values()].flatMap(({ template, current }) => [
      template.classKey,
      current.classKey,
    ]),
  ])
  const ids = new Set([
    ...[...memory.replicaSets.values()].flatMap(({ waiting }) => waiting.map((row) => row.class)),
    ...[...memory.slotted.values()].flatMap(({ waiting }) =>
      [...waiting.values()].map((one) => one.class),
    ),
    ...nodeIds(draft).flatMap((node) => replicasOn(draft, node).map((one) => one.class)),
  ])
  const isUnused = (id: ClassId): boolean => !ids.has(id)
  const unused = [...memory.classes].filter(([key, one]) => !keys.has(key) && isUnused(one.class))
  const old = memory.oldClasses.filter(isUnused)
  const gone = [...unused.map(([, one]) => one.class), ...old]
  forgetClasses(draft, gone)
  const lost = new Set(unused.map(([key]) => key))
  return {
    ...memory,
    classes: new Map([...memory.classes].filter(([key]) => !lost.has(key))),
    oldClasses: memory.oldClasses.filter((id) => ids.has(id)),
    tolerations: withChanges(
      memory.tolerations,
      gone.map((id) => [id, undefined] as const),
    ),
    classesMade: 0,
  }
}
