/**
 * Implements the admission plugin ResourceQuota, which runs last: refuses an object that would
 * exceed a quota of its namespace. If a quota limits CPU or memory, a pod is also refused when one
 * of its containers states no amount of that resource.
 *
 * Source: Kubernetes documentation, "Resource Quotas".
 */
import * as E from 'fp-ts/lib/Either.js'
import { add, type Quantity } from '../words/quantity.js'
import { quantityOf } from '../validation/resources.js'
import type { WireAmounts, WireContainer, WireObject, WirePod } from '../wire/objects.js'
import { mergedAmounts } from '../wire/together.js'
import { namespaceIn, type AdmissionCluster, type CountingQuota } from './cluster.js'
import { isInScopes } from './quota-scope.js'
import { usageOf } from './usage.js'

/** What is used of each quota, by `namespace/name` of the quota. */
export type QuotaUsage = ReadonlyMap<string, WireAmounts>

type Quota = CountingQuota

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
  return E.right(countedUsage(object, counted, used, 1))
}

/** The usage with an object that is there already, or several alike, whatever the quotas let. */
export const withUsage = (
  object: WireObject,
  { quotas }: AdmissionCluster,
  used: QuotaUsage,
  times = 1,
): QuotaUsage =>
  countedUsage(
    object,
    quotas.filter((quota) => isUnderQuota(quota, object)),
    used,
    times,
  )

/** What a count is of: pods, or objects of other kinds. */
export type CountedKind = 'pods' | 'others'

/**
 * The usage with what quotas have counted by their status and `seen`, the usage of the existing
 * objects of an input, lacks: a dump need not hold all objects of a namespace.
 */
export const withUnseenUsage = (
  used: QuotaUsage,
  seen: QuotaUsage,
  { quotas }: AdmissionCluster,
  kind: CountedKind,
): QuotaUsage =>
  new Map([
    ...used,
    ...quotas.map((quota) => {
      const names = Object.entries(quota.counted).filter(
        ([name]) =>
          Object.hasOwn(quota.spec.hard ?? {}, name) && countsPods(name) === (kind === 'pods'),
      )
      const known = usedOf(seen, quota)
      const own = Object.fromEntries(
        names.flatMap(([name]) => (known[name] === undefined ? [] : [[name, known[name]]])),
      )
      const unseen = mergedAmounts(Object.fromEntries(names), own, saturatingDifference)
      return [quotaKey(quota), mergedAmounts(usedOf(used, quota), unseen, add)] as const
    }),
  ])

const saturatingDifference = (one: Quantity, other: Quantity): Quantity =>
  (one > other ? one - other : 0n) as Quantity

/** How many equal sets of objects the quotas let, and what is used then. */
export interface QuotaRoom {
  readonly count: number
  /** With the objects of the first refused set that are let. */
  readonly used: QuotaUsage
  /** The object of the first refused set that is forbidden, and why; absent when none is. */
  readonly forbidden?: { readonly object: WireObject; readonly why: string }
}

/**
 * Makes up to `countMax` equal sets of objects, such as a pod and its claims, object by object in
 * the order of the set. The number is computed by division, so that its size costs nothing.
 */
export const setsWithinQuotas = (
  set: readonly WireObject[],
  cluster: AdmissionCluster,
  before: QuotaUsage,
  countMax: number,
): QuotaRoom => {
  const count = cluster.quotas.reduce(
    (least, quota) => Math.min(least, setsUnder(quota, set, before, countMax)),
    countMax,
  )
  let used = withSets(set, cluster, before, count)
  for (const object of count === countMax ? [] : set) {
    const counted = withinQuotas(object, cluster, used)
    if (E.isLeft(counted)) return { count, used, forbidden: { object, why: counted.left } }
    used = counted.right
  }
  return { count, used }
}

/** How many sets a quota lets by itself. */
const setsUnder = (
  quota: Quota,
  set: readonly WireObject[],
  used: QuotaUsage,
  countMax: number,
): number => {
  const own = set.filter((object) => isUnderQuota(quota, object))
  if (own.some((object) => missingIn(object, quota) !== undefined)) return 0
  const requested = own.reduce<WireAmounts>(
    (sum, object) => mergedAmounts(sum, limitedUsage(object, quota), add),
    {},
  )
  const before = usedOf(used, quota)
  return Object.entries(requested).reduce((least, [name, text]) => {
    const amount = quantityOf(text)
    if (amount <= 0n) return least
    const free = quantityOf(quota.spec.hard![name]!) - quantityOf(before[name] ?? '0')
    return free < amount ? 0 : Math.min(least, Number(free / amount))
  }, countMax)
}

/** The usage with a number of sets; the first one decides the format of each amount. */
const withSets = (
  set: readonly WireObject[],
  cluster: AdmissionCluster,
  used: QuotaUsage,
  count: number,
): QuotaUsage => {
  if (count === 0) return used
  const first = set.reduce((sum, object) => withUsage(object, cluster, sum), used)
  return set.reduce((sum, object) => withUsage(object, cluster, sum, count - 1), first)
}

const countedUsage = (
  object: WireObject,
  quotas: readonly Quota[],
  used: QuotaUsage,
  times: number,
): QuotaUsage => {
  const addTimes = (one: Quantity, other: Quantity): Quantity =>
    (one + BigInt(times) * other) as Quantity
  return new Map([
    ...used,
    ...quotas.map(
      (quota) =>
        [
          quotaKey(quota),
          mergedAmounts(usedOf(used, quota), limitedUsage(object, quota), addTimes),
        ] as const,
    ),
  ])
}

const quotaKey = ({ namespace, name }: Quota): string => `${namespace}/${name}`

const usedOf = (used: QuotaUsage, quota: Quota): WireAmounts => used.get(quotaKey(quota)) ?? {}

/** Whether a quota is in the object's namespace, limits something of it, and has it in scope. */
const isUnderQuota = (quota: Quota, object: WireObject): boolean =>
  quota.namespace === namespaceIn(object) &&
  Object.keys(quota.spec.hard ?? {}).some((name) => isLimitOf(name, object)) &&
  isInScopes(quota.spec, object)

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
      return countsPods(name)
    default:
      return Object.hasOwn(usageOf(object), name)
  }
}

const countsPods = (name: string): boolean =>
  podNames.includes(name) ||
  name.startsWith('hugepages-') ||
  name.startsWith('requests.hugepages-') ||
  (name.startsWith('requests.') && name.includes('/') && !name.includes('kubernetes.io/'))

const demandedResources = [
  'cpu',
  'limits.cpu',
  'limits.memory',
  'memory',
  'requests.cpu',
  'requests.memory',
]

/** A quota of CPU or memory needs every container to have an amount, unless the pod has its own. */
const missingIn = (object: WireObject, { name, spec }: Quota): string | undefined => {
  if (object.kind !== 'Pod') return undefined
  const { containers = [], initContainers = [], resources = {} } = (object as WirePod).spec ?? {}
  const own =
    Object.keys(resources.requests ?? {}).length + Object.keys(resources.limits ?? {}).length
  if (own > 0) return undefined
  const missing = demandedResources
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
