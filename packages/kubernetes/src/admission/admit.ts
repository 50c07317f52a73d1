/**
 * Runs admission of one object as the API server does, in these steps:
 * 1. Admission plugins change the object.
 * 2. For a pod, AppArmor profiles, label keys and pod-level resources are filled in.
 * 3. The object is validated.
 * 4. Admission plugins check the object.
 *
 * Defaults are filled in before, by decoding. Quotas are counted afterwards, by the caller.
 *
 * Source: Kubernetes documentation, "Admission Controllers".
 */
import * as E from 'fp-ts/lib/Either.js'
import type { Gates } from '../validation/pod.js'
import type { Cause } from '../validation/cause.js'
import { causesIn } from '../object-rule/validate.js'
import type { WireObject, WirePod } from '../wire/objects.js'
import { withPodResources } from '../wire/pod-level.js'
import { refusalBeside } from './beside.js'
import type { AdmissionCluster } from './cluster.js'
import { withLabelKeys } from './label-keys.js'
import { withAppArmor } from './app-armor.js'
import { limitsExceeded, withLimitDefaults } from './limit-range.js'
import { inLivingNamespace } from './namespace-lifecycle.js'
import { withNamespaceSelector, withNotReadyTaint, withTopologyLabels } from './node-labels.js'
import { withSpec, type PodPlugin } from './plugin.js'
import { isOptionalPlugin } from './plugin-name.js'
import { securityViolation } from './pod-security.js'
import { withPriority } from './priority.js'
import { forbiddenObject, invalidObject, errorList, type AdmissionRefusal } from './refusal.js'
import { withRuntimeClass, wrongOverhead } from './runtime-class.js'
import { withStorageClass } from './storage-class.js'
import { withDefaultTolerations, withResourceTolerations } from './tolerations.js'

/** How the API server is configured. */
export interface AdmissionOptions {
  /** The names of plugins that are on beside those that are on by default. */
  readonly plugins: readonly string[]
  readonly gates: Gates
  /** Whether minor causes are let through, such as a container without an image. */
  readonly isLenient: boolean
}

/** The defaults of an API server. */
export const defaultOptions: AdmissionOptions = {
  plugins: [],
  gates: { comparison: false },
  isLenient: false,
}

type AdmissionResult<Of> = E.Either<AdmissionRefusal, Of>

/** The object as it is stored, or why it is refused; quotas are not asked yet. */
export const admitObject = (
  object: WireObject,
  cluster: AdmissionCluster,
  options: AdmissionOptions,
): AdmissionResult<WireObject> => {
  if (object.kind === 'Pod') return admitPod(object as WirePod, cluster, options)
  const changed = changedObject(object, cluster)
  const causes = causesOf(changed, options)
  if (causes.length > 0) return E.left(invalidObject(changed, causes))
  const refusal = refusalBeside(changed, cluster)
  return refusal === undefined ? E.right(changed) : E.left(refusal)
}

/** The errors for which an object is refused. */
export const causesOf = (
  object: WireObject,
  { gates, isLenient }: AdmissionOptions,
): readonly Cause[] => causesIn(object, gates).filter(({ isMinor }) => !isLenient || !isMinor)

/** DefaultStorageClass changes claims, and TaintNodesByCondition new nodes. */
const changedObject = (object: WireObject, cluster: AdmissionCluster): WireObject => {
  switch (object.kind) {
    case 'PersistentVolumeClaim':
      return withStorageClass(object, cluster)
    case 'Node':
      return withNotReadyTaint(object)
    default:
      return object
  }
}

/** A pod as it is stored, or why it is refused. */
export const admitPod = (
  pod: WirePod,
  cluster: AdmissionCluster,
  options: AdmissionOptions,
): AdmissionResult<WirePod> => {
  const changed = changedPod(pod, cluster, options)
  if (E.isLeft(changed)) return changed
  const complete = withSpec(withAppArmor(withLabelKeys(changed.right)), withPodResources)
  const causes = causesOf(complete, options)
  if (causes.length > 0) return E.left(invalidObject(complete, causes))
  return checkedPod(complete, cluster)
}

/** Each plugin with its name, in the order of the API server. */
const podPlugins: readonly (readonly [name: string, plugin: PodPlugin])[] = [
  ['NamespaceLifecycle', inLivingNamespace],
  ['LimitRanger', withLimitDefaults],
  ['PodNodeSelector', withNamespaceSelector],
  ['Priority', withPriority],
  ['DefaultTolerationSeconds', withDefaultTolerations],
  ['ExtendedResourceToleration', withResourceTolerations],
  ['RuntimeClass', withRuntimeClass],
  ['PodTopologyLabels', withTopologyLabels],
]

const changedPod = (
  pod: WirePod,
  cluster: AdmissionCluster,
  { plugins }: AdmissionOptions,
): AdmissionResult<WirePod> => {
  let changed = pod
  for (const [name, plugin] of podPlugins) {
    if (isOptionalPlugin(name) && !plugins.includes(name)) continue
    if (name === 'RuntimeClass' && changed.spec?.runtimeClassName === '') return E.left(nameless)
    const answer = plugin(changed, cluster)
    if (E.isLeft(answer)) return E.left(forbiddenObject(pod, answer.left))
    changed = answer.right
  }
  return E.right(changed)
}

/** An empty `runtimeClassName` is looked up as a name. */
const nameless: AdmissionRefusal = {
  code: 500,
  reason: 'InternalError',
  message: 'Internal error occurred: resource name may not be empty',
  causes: [],
}

const checkedPod = (pod: WirePod, cluster: AdmissionCluster): AdmissionResult<WirePod> => {
  const exceeded = limitsExceeded(pod, cluster)
  if (exceeded.length > 0) return E.left(forbiddenObject(pod, errorList(exceeded)))
  const why = securityViolation(pod, cluster) ?? wrongOverhead(pod, cluster)
  return why === undefined ? E.right(pod) : E.left(forbiddenObject(pod, why))
}
