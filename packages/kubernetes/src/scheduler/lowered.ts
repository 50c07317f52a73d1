/**
 * Translates ("lowers") a pod to a class (a workload as the scheduler sees it), and keeps both
 * together. Judging, binding and explaining share the translation.
 */
import {
  define,
  explain,
  getOrThrow,
  type ClassId,
  type ClassSpec,
  type Draft,
} from '@stowage/kernel'
import { isErrorReason, type PluginReason } from '../plugin/reason.js'
import { lowerPod } from '../registry/pod.js'
import type { Surroundings } from '../surroundings/surroundings.js'
import type { Likeness } from '../words/object.js'
import { profileFor, type KnownPod, type Session } from './session.js'

/**
 * A pod with its class specification and the class that is defined in the draft.
 *
 * A class made inside a trial, whose changes are rolled back, is invalid after the trial.
 */
export interface LoweredPod {
  readonly pod: KnownPod
  readonly spec: ClassSpec
  readonly class: ClassId
  /** The surroundings that the class was made from. */
  readonly around: Surroundings
}

/** Lowers the pod by its profile and defines its class. */
export const lower = (session: Session, pod: KnownPod): LoweredPod => {
  const spec = classSpecOf(session, pod)
  const classId = getOrThrow(define(session.draft, spec))
  return { pod, spec, class: classId, around: session.around }
}

/**
 * Returns the same value while the surroundings are unchanged, and lowers the pod anew otherwise.
 *
 * The class depends on more than the pod (storage, services, other pods' affinity terms): when
 * volumes are reserved, the classes made before are out of date.
 */
export const lowerAgain = (session: Session, lowered: LoweredPod): LoweredPod =>
  lowered.around === session.around ? lowered : lower(session, lowered.pod)

/**
 * What tells the translation of a pod apart from others in one session: pods with the same key may
 * share it. Claims that are made for a pod by its name make the pod its own key.
 */
export const translationKey = (
  { around }: Pick<Session, 'around'>,
  pod: KnownPod,
): KnownPod | Likeness => {
  const { likeness, spec } = pod
  const isNamed =
    spec.resourceClaims.length > 0 ||
    around.metByClass.length > 0 ||
    spec.volumes.some(({ ephemeral }) => ephemeral !== undefined)
  return likeness === undefined || isNamed ? pod : likeness
}

/** Translations by their keys. */
export type Translations = Map<KnownPod | Likeness, LoweredPod>

/** Lowers a pod, or takes the translation of its key while the surroundings are unchanged. */
export const lowerOnce = (known: Translations, session: Session, pod: KnownPod): LoweredPod => {
  const key = translationKey(session, pod)
  const before = known.get(key)
  const lowered = before === undefined ? lower(session, pod) : lowerAgain(session, before)
  if (lowered !== before) known.set(key, lowered)
  return lowered.pod === pod ? lowered : { ...lowered, pod }
}

/**
 * The class specification of a pod, by the pod's profile and the session's tie-break. An error of a
 * plugin on some node fails the pod as in kube-scheduler: the class then refuses every node with
 * the error.
 */
export const classSpecOf = (
  session: Pick<Session, 'draft' | 'around' | 'profiles' | 'tie'>,
  pod: KnownPod,
): ClassSpec => {
  const { draft, around, tie } = session
  const lowered = lowerPod(draft, pod, pod.spec.priority ?? 0, around, profileFor(session, pod))
  const spec = tie === 'heap' ? lowered : { ...lowered, choice: { ...lowered.choice, tie } }
  const failure = failureOf(draft, spec)
  if (failure === undefined) return spec
  return { ...spec, filters: [{ _tag: 'Only', ...failure, removable: false, nodes: [] }] }
}

/**
 * The error that fails the pod: that of the first node by name on which no plugin before refuses
 * the pod; `undefined` when no node has one.
 */
const failureOf = (draft: Draft, spec: ClassSpec): PluginReason | undefined => {
  if (!spec.filters.some((filter) => 'reason' in filter && isErrorReason(filter.reason)))
    return undefined
  for (const { first } of explain(draft, { class: getOrThrow(define(draft, spec)) }).nodes) {
    const reason = first?.reasons.find(isErrorReason)
    if (first !== undefined && reason !== undefined) return { plugin: first.plugin, reason }
  }
  return undefined
}
