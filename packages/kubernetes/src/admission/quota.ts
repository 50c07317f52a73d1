/**
 * The ResourceQuota plugin, the last of all: it refuses an object that would use more of its
 * namespace than a quota lets, or a pod that does not say how much it needs of what is limited.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import * as E from 'fp-ts/lib/Either.js'
import { add } from '../words/quantity.js'
import { quantityOf } from '../validation/resources.js'
import type {
  WireAmounts,
  WireContainer,
  WireObject,
  WirePod,
  WireQuotaSpec,
} from '../wire/objects.js'
import { mergedAmounts } from '../wire/together.js'
import { namespaceIn, type AdmissionCluster, type NamespacedSpec } from './cluster.js'
import { isBestEffort, isTerminating, usageOf } from './usage.js'

/** What is used of each quota, by `namespace/name` of the quota. */
export type QuotaUsage = ReadonlyMap<string, WireAmounts>

type Quota = NamespacedSpec<WireQuotaSpec>

/** The usage with one object more, or why a quota forbids the object. */
export const withinQuotas = (
  object: WireObject,
  { quotas }: AdmissionCluster,
  used: QuotaUsage,
): E.Either<string, QuotaUsage> => {
  const counted = quotas.filter((quota) => isUnderQuota(quota, object))
  for (const quota of counted) {
    const refusal = missingIn(object, quota) ?? exceededBy(object, quota, usedOf(used, quota))
    if (refusal !== undefined) return E.left(refusal)
  }
  return E.right(countedUsage(object, counted, used))
}

/** The usage with an object that is there already, whatever the quotas let. */
export const withUsage = (
  object: WireObject,
  { quotas }: AdmissionCluster,
  used: QuotaUsage,
): QuotaUsage =>
  countedUsage(
    object,
    quotas.filter((quota) => isUnderQuota(quota, object)),
    used,
  )

const countedUsage = (object: WireObject, quotas: readonly Quota[], used: QuotaUsage): QuotaUsage =>
  new Map([
    ...used,
    ...quotas.map(
      (quota) =>
        [
          quotaKey(quota),
          mergedAmounts(usedOf(used, quota), limitedUsage(object, quota), add),
        ] as const,
    ),
  ])

const quotaKey = ({ namespace, name }: Quota): string => `${namespace}/${name}`

const usedOf = (used: QuotaUsage, quota: Quota): WireAmounts => used.get(quotaKey(quota)) ?? {}

/** Whether a quota is in the object's namespace, limits something of it, and has it in scope. */
const isUnderQuota = (quota: Quota, object: WireObject): boolean =>
  quota.namespace === namespaceIn(object) &&
  Object.keys(quota.spec.hard ?? {}).some((name) => isLimitOf(name, object)) &&
  scopesOf(quota.spec).every((scope) => isInScope(scope, object))

const limitedUsage = (object: WireObject, { spec: { hard = {} } }: Quota): WireAmounts =>
  Object.fromEntries(Object.entries(usageOf(object)).filter(([name]) => Object.hasOwn(hard, name)))

const podNames = [
  'pods',
  'count/pods',
  ...['cpu', 'memory', 'ephemeral-storage'].flatMap((name) => [
    name,
    `requests.${name}`,
    `limits.${name}`,
  ]),
]

/** Whether a limit is one of the kind of the object, used or not. */
const isLimitOf = (name: string, object: WireObject): boolean => {
  switch (object.kind) {
    case 'Pod':
      return (
        podNames.includes(name) ||
        name.startsWith('hugepages-') ||
        name.startsWith('requests.hugepages-') ||
        (name.startsWith('requests.') && name.includes('/') && !name.includes('kubernetes.io/'))
      )
    default:
      return Object.hasOwn(usageOf(object), name)
  }
}

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
      return hasPriorityClass(scope, pod.spec?.priorityClassName ?? '')
    case 'CrossNamespacePodAffinity':
      return crossesNamespaces(pod)
    default:
      return false
  }
}

const hasPriorityClass = ({ operator, values = [] }: Scope, name: string): boolean => {
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

const demanded = ['cpu', 'limits.cpu', 'limits.memory', 'memory', 'requests.cpu', 'requests.memory']

/** A quota of CPU or memory needs every container to have an amount, unless the pod has its own. */
const missingIn = (object: WireObject, { name, spec }: Quota): string | undefined => {
  if (object.kind !== 'Pod') return undefined
  const { containers = [], initContainers = [], resources = {} } = (object as WirePod).spec ?? {}
  const own =
    Object.keys(resources.requests ?? {}).length + Object.keys(resources.limits ?? {}).length
  if (own > 0) return undefined
  const missing = demanded
    .filter((limit) => Object.hasOwn(spec.hard ?? {}, limit))
    .flatMap((limit) => {
      const names = [...containers, ...initContainers]
        .filter((container) => !hasAmount(container, limit))
        .map((container) => container.name ?? '')
      return names.length === 0 ? [] : [`${limit} for: ${[...new Set(names)].sort().join(',')}`]
    })
  return missing.length === 0
    ? undefined
    : `failed quota: ${name}: must specify ${missing.join('; ')}`
}

const hasAmount = ({ resources = {} }: WireContainer, limit: string): boolean =>
  limit.startsWith('limits.')
    ? Object.hasOwn(resources.limits ?? {}, limit.slice('limits.'.length))
    : Object.hasOwn(resources.requests ?? {}, limit.replace('requests.', ''))

const exceededBy = (object: WireObject, quota: Quota, used: WireAmounts): string | undefined => {
  const { hard = {} } = quota.spec
  const requested = limitedUsage(object, quota)
  const sums = mergedAmounts(used, requested, add)
  const over = Object.keys(requested)
    .filter(
      (name) =>
        quantityOf(requested[name]!) > 0n && quantityOf(sums[name]!) > quantityOf(hard[name]!),
    )
    .sort()
  if (over.length === 0) return undefined
  const amounts = (list: WireAmounts): string =>
    over.map((name) => `${name}=${list[name] ?? '0'}`).join(',')
  return `exceeded quota: ${quota.name}, requested: ${amounts(requested)}, used: ${amounts(used)}, limited: ${amounts(hard)}`
}
