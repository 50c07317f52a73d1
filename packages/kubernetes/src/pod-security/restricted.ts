/**
 * Checks a pod against the rules that the Pod Security Standard `restricted` adds to `baseline`,
 * such as `runAsNonRoot: true` and no capabilities. Each export is one check, or a condition under
 * which a check does not apply.
 *
 * Source: Kubernetes documentation, "Pod Security Standards".
 */
import type { WirePod } from '../wire/objects.js'
import type { WireSecurityContext } from '../wire/security.js'
import { capabilitiesBeyond, isKnownProfile, seccompProfile } from './baseline.js'
import {
  containersText,
  countedWord,
  namesWhere,
  quotedTexts,
  settersText,
  settersWhere,
  sortedSet,
  violation,
  type PodCheck,
} from './check.js'

/** The check, but for pods of Windows. */
export const unlessWindows =
  (check: PodCheck): PodCheck =>
  (pod) =>
    pod.spec?.os?.name === 'windows' ? undefined : check(pod)

/** The check, but for pods with users of their own (`hostUsers: false`). */
export const unlessOwnUsers =
  (check: PodCheck): PodCheck =>
  (pod) =>
    pod.spec?.hostUsers === false ? undefined : check(pod)

/** Processes that may gain more rights than their parent. */
export const allowPrivilegeEscalation: PodCheck = (pod) => {
  const names = namesWhere(
    pod,
    ({ securityContext }) => securityContext?.allowPrivilegeEscalation !== false,
  )
  return names.length === 0
    ? undefined
    : violation(
        'allowPrivilegeEscalation != false',
        `${containersText(names)} must set securityContext.allowPrivilegeEscalation=false`,
      )
}

/** Capabilities: all are dropped, and one may be added. */
export const allCapabilitiesDropped: PodCheck = (pod) => {
  const names = namesWhere(
    pod,
    ({ securityContext }) => securityContext?.capabilities?.drop?.includes('ALL') !== true,
  )
  const beyond = capabilitiesBeyond(pod, new Set(['NET_BIND_SERVICE']))
  const details = [
    ...(names.length === 0
      ? []
      : [`${containersText(names)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(beyond === undefined ? [] : [beyond]),
  ]
  return details.length === 0
    ? undefined
    : violation('unrestricted capabilities', details.join('; '))
}

const allowedVolumes = [
  ...['configMap', 'csi', 'downwardAPI', 'emptyDir', 'ephemeral', 'image'],
  ...['persistentVolumeClaim', 'projected', 'secret'],
]

const otherVolumes = [
  ...['hostPath', 'gcePersistentDisk', 'awsElasticBlockStore', 'gitRepo', 'nfs', 'iscsi'],
  ...['glusterfs', 'rbd', 'flexVolume', 'cinder', 'cephfs', 'flocker', 'fc', 'azureFile'],
  ...['vsphereVolume', 'quobyte', 'azureDisk', 'photonPersistentDisk', 'portworxVolume'],
  ...['scaleIO', 'storageos'],
]

/** Volumes of kinds that reach beyond the pod. */
export const restrictedVolumes: PodCheck = ({ spec }) => {
  const volumes = (spec?.volumes ?? []).filter((volume) =>
    allowedVolumes.every((kind) => volume[kind] === undefined),
  )
  if (volumes.length === 0) return undefined
  const names = volumes.map(({ name = '' }) => name)
  const kinds = sortedSet(
    volumes.map((volume) => otherVolumes.find((kind) => volume[kind] !== undefined) ?? 'unknown'),
  )
  return violation(
    'restricted volume types',
    `${countedWord(names.length, 'volume')} ${quotedTexts(names)} ${countedWord(names.length, 'uses', 'use')} ${countedWord(kinds.length, 'restricted volume type')} ${quotedTexts(kinds)}`,
  )
}

/** The containers without a field of their own that the pod does not set for them either. */
const unsetContainers = (
  pod: WirePod,
  isSet: (context: WireSecurityContext) => boolean,
): readonly string[] => {
  const isSetByPod = isSet(pod.spec?.securityContext ?? {})
  return namesWhere(pod, ({ securityContext = {} }) => !isSetByPod && !isSet(securityContext))
}

/** Users that may be root. */
export const runAsNonRoot: PodCheck = (pod) => {
  const what = 'runAsNonRoot != true'
  const setters = settersWhere(pod, (context) => context.runAsNonRoot === false)
  if (setters.length > 0)
    return violation(
      what,
      `${settersText(setters)} must not set securityContext.runAsNonRoot=false`,
    )
  const names = unsetContainers(pod, (context) => context.runAsNonRoot === true)
  return names.length === 0
    ? undefined
    : violation(what, `pod or ${containersText(names)} must set securityContext.runAsNonRoot=true`)
}

/** The user 0. */
export const runAsUser: PodCheck = (pod) => {
  const setters = settersWhere(pod, (context) => context.runAsUser === 0)
  return setters.length === 0
    ? undefined
    : violation('runAsUser=0', `${settersText(setters)} must not set runAsUser=0`)
}

/** Seccomp profiles: one has to be set. */
export const seccompProfileSet: PodCheck = (pod) => {
  const wrong = seccompProfile(pod)
  if (wrong !== undefined) return wrong
  const names = unsetContainers(
    pod,
    (context) => context.seccompProfile !== undefined && isKnownProfile(context.seccompProfile),
  )
  return names.length === 0
    ? undefined
    : violation(
        'seccompProfile',
        `pod or ${containersText(names)} must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"`,
      )
}
