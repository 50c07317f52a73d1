/**
 * Validates Deployments, ReplicaSets, StatefulSets, DaemonSets and ReplicationControllers as the
 * API server does.
 *
 * Source: Kubernetes API reference of each kind.
 */
import type { WireReplicationSpec, WireTemplate, WireWorkloadSpec } from '../wire/objects.js'
import {
  cause,
  unless,
  unlessNegative,
  unlessOneOf,
  type Cause,
  type Place,
} from '../validation/cause.js'
import { wrongClaimSpec } from '../validation/claim.js'
import { unlessDnsLabel } from '../validation/name.js'
import type { Gates } from '../validation/pod.js'
import { wrongDaemonStrategy, wrongDeploymentStrategy, wrongStatefulStrategy } from './rollout.js'
import { isUsableSelector } from '../validation/selector.js'
import { unlessSelected, wrongLastingTemplate, wrongOwnSelector } from './template.js'

const inSpec: Place = ['spec']
const inTemplate: Place = ['spec', 'template']
const inSelector: Place = ['spec', 'selector']

/** The selector and the template; a selector that cannot be used hides the template. */
const wrongReplicas = (
  { selector, template = {}, replicas, minReadySeconds }: WireWorkloadSpec,
  gates: Gates,
): readonly Cause[] => [
  ...unlessNegative(replicas, [...inSpec, 'replicas']),
  ...unlessNegative(minReadySeconds, [...inSpec, 'minReadySeconds']),
  ...wrongOwnSelector(selector, inSelector),
  ...(selector === undefined || isUsableSelector(selector)
    ? [
        ...unlessSelected(selector, template, inTemplate),
        ...wrongLastingTemplate(template, inTemplate, gates),
      ]
    : [cause(inSelector, selector, 'a selector that can be used')]),
]

/** Errors in the spec of a ReplicaSet. */
export const wrongReplicaSet = (spec: WireWorkloadSpec, gates: Gates): readonly Cause[] =>
  wrongReplicas(spec, gates)

/** Errors in the spec of a Deployment. */
export const wrongDeployment = (spec: WireWorkloadSpec, gates: Gates): readonly Cause[] => {
  const { progressDeadlineSeconds: deadline = 600, minReadySeconds = 0 } = spec
  return [
    ...wrongReplicas(spec, gates),
    ...wrongDeploymentStrategy(spec.strategy ?? {}, [...inSpec, 'strategy']),
    ...unlessNegative(spec.revisionHistoryLimit, [...inSpec, 'revisionHistoryLimit']),
    ...unlessNegative(deadline, [...inSpec, 'progressDeadlineSeconds']),
    ...unless(
      deadline > minReadySeconds,
      [...inSpec, 'progressDeadlineSeconds'],
      deadline,
      `more than minReadySeconds, ${minReadySeconds}`,
    ),
  ]
}

/** The template of a StatefulSet's pods: a claim replaces a volume of its name. */
export const withClaimVolumes = ({
  volumeClaimTemplates = [],
  template = {},
}: WireWorkloadSpec): WireTemplate => {
  const claims = volumeClaimTemplates.map(({ metadata }) => metadata?.name ?? '')
  const volumes = [
    ...claims.map((claimName) => ({
      name: claimName,
      persistentVolumeClaim: { claimName },
    })),
    ...(template.spec?.volumes ?? []).filter(({ name = '' }) => !claims.includes(name)),
  ]
  return { ...template, spec: { ...template.spec, volumes } }
}

/** Errors in the spec of a StatefulSet. */
export const wrongStatefulSet = (spec: WireWorkloadSpec, gates: Gates): readonly Cause[] => {
  const { serviceName = '', volumeClaimTemplates = [] } = spec
  const template = withClaimVolumes(spec)
  const { hostname: _, subdomain: __, ...podSpec } = template.spec ?? {}
  const mounted = { ...template, spec: podSpec }
  const retention = spec.persistentVolumeClaimRetentionPolicy
  return [
    ...unlessOneOf(['OrderedReady', 'Parallel'], spec.podManagementPolicy, [
      ...inSpec,
      'podManagementPolicy',
    ]),
    ...wrongStatefulStrategy(spec.updateStrategy ?? {}, [...inSpec, 'updateStrategy']),
    ...(['whenDeleted', 'whenScaled'] as const).flatMap((when) =>
      unlessOneOf(['Retain', 'Delete'], retention?.[when], [
        ...inSpec,
        'persistentVolumeClaimRetentionPolicy',
        when,
      ]),
    ),
    ...volumeClaimTemplates.flatMap((claim, i) =>
      wrongClaimSpec(claim.spec ?? {}, [...inSpec, 'volumeClaimTemplates', i, 'spec']),
    ),
    ...unlessNegative(spec.ordinals?.start, [...inSpec, 'ordinals', 'start']),
    ...(serviceName === '' ? [] : unlessDnsLabel(serviceName, [...inSpec, 'serviceName'])),
    ...wrongReplicas({ ...spec, template: mounted }, gates),
  ]
}

/** Errors in the spec of a DaemonSet. */
export const wrongDaemonSet = (spec: WireWorkloadSpec, gates: Gates): readonly Cause[] => {
  const { selector, template = {} } = spec
  return [
    ...wrongOwnSelector(selector, inSelector),
    ...unlessSelected(selector, template, inTemplate),
    ...wrongLastingTemplate(template, inTemplate, gates),
    ...unlessNegative(spec.minReadySeconds, [...inSpec, 'minReadySeconds']),
    ...wrongDaemonStrategy(spec.updateStrategy ?? {}, [...inSpec, 'updateStrategy']),
    ...unlessNegative(spec.revisionHistoryLimit, [...inSpec, 'revisionHistoryLimit']),
  ]
}

/** Errors in the spec of a ReplicationController. */
export const wrongReplicationController = (
  { replicas, minReadySeconds, selector = {}, template = {} }: WireReplicationSpec,
  gates: Gates,
): readonly Cause[] => [
  ...unlessNegative(minReadySeconds, [...inSpec, 'minReadySeconds']),
  ...unless(
    Object.keys(selector).length > 0,
    inSelector,
    undefined,
    'a selector that matches the labels of the template',
  ),
  ...unlessNegative(replicas, [...inSpec, 'replicas']),
  ...unlessSelected({ matchLabels: selector }, template, inTemplate),
  ...wrongLastingTemplate(template, inTemplate, gates),
]
