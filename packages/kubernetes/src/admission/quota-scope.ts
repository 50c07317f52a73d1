/**
 * Decides whether an object is in the scopes of a ResourceQuota:
 * 1. a pod by its deadline (`Terminating`), quality of service (`BestEffort`), PriorityClass, or
 *    affinity across namespaces;
 * 2. a PersistentVolumeClaim by its VolumeAttributesClass.
 *
 * Source: Kubernetes documentation, "Resource Quotas" (quota scopes).
 */
import type { WireClaimSpec, WireObject, WirePod, WireQuotaSpec } from '../wire/objects.js'
import { isBestEffort, isTerminating } from './usage.js'

/** Whether an object is in all scopes of a quota. */
export const isInScopes = (spec: WireQuotaSpec, object: WireObject): boolean =>
  scopesOf(spec).every((scope) => isInScope(scope, object))

interface Scope {
  readonly scopeName?: string
  readonly operator?: string
  readonly values?: readonly string[]
}

const scopesOf = ({ scopes = [], scopeSelector }: WireQuotaSpec): readonly Scope[] => [
  ...scopes.map((scopeName) => ({ scopeName, operator: 'Exists' })),
  ...(scopeSelector?.matchExpressions ?? []),
]

const isInScope = (scope: Scope, object: WireObject): boolean => {
  if (object.kind === 'PersistentVolumeClaim')
    return scope.scopeName === 'VolumeAttributesClass' && hasName(scope, attributesClassOf(object))
  if (object.kind !== 'Pod') return false
  const pod = object as WirePod
  switch (scope.scopeName) {
    case 'Terminating':
      return isTerminating(pod)
    case 'NotTerminating':
      return !isTerminating(pod)
    case 'BestEffort':
      return isBestEffort(pod)
    case 'NotBestEffort':
      return !isBestEffort(pod)
    case 'PriorityClass':
      return hasName(scope, pod.spec?.priorityClassName ?? '')
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod)
    default:
      return false
  }
}

const attributesClassOf = ({ spec = {} }: WireObject): string =>
  (spec as WireClaimSpec).volumeAttributesClassName ?? ''

const hasName = ({ operator, values = [] }: Scope, name: string): boolean => {
  switch (operator) {
    case 'Exists':
      return name !== ''
    case 'DoesNotExist':
      return name === ''
    case 'In':
      return name !== '' && values.includes(name)
    default:
      return name === '' || !values.includes(name)
  }
}

const crossesNamespaces = ({ spec }: WirePod): boolean =>
  [spec?.affinity?.podAffinity, spec?.affinity?.podAntiAffinity].some((affinity) =>
    [
      ...(affinity?.requiredDuringSchedulingIgnoredDuringExecution ?? []),
      ...(affinity?.preferredDuringSchedulingIgnoredDuringExecution ?? []).map(
        ({ podAffinityTerm = {} }) => podAffinityTerm,
      ),
    ].some(
      ({ namespaces = [], namespaceSelector }) =>
        namespaces.length > 0 || namespaceSelector !== undefined,
    ),
  )
