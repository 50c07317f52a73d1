/**
 * Implements the admission plugin LimitRanger, which reads the LimitRanges of a namespace:
 * 1. gives containers default requests and limits;
 * 2. after all plugins have changed a pod, refuses it if its requests or limits are outside the
 *    LimitRanges;
 * 3. refuses a PersistentVolumeClaim whose storage is outside the LimitRanges.
 *
 * Source: Kubernetes documentation, "Limit Ranges".
 */
import * as E from 'fp-ts/lib/Either.js'
import { milliOf } from '../words/quantity.js'
import type {
  WireAmounts,
  WireClaimSpec,
  WireContainer,
  WireLimit,
  WireObject,
  WirePod,
  WirePodSpec,
} from '../wire/objects.js'
import { isPodLevel } from '../wire/pod-level.js'
import { togetherOf } from '../wire/together.js'
import { quantityOf } from '../validation/resources.js'
import { namespaceIn, type AdmissionCluster } from './cluster.js'
import { withSpec, type PodPlugin } from './plugin.js'

/** Fills in defaults of type Container; with several LimitRanges, those of the first by name. */
export const withLimitDefaults: PodPlugin = (pod, cluster) =>
  E.right(
    rangesFor(pod, cluster)
      .flat()
      .reduce(
        (filled, limit) => (limit.type === 'Container' ? filledBy(filled, limit) : filled),
        pod,
      ),
  )

type LimitRange = AdmissionCluster['limitRanges'][number]

/** The LimitRanges of the object's namespace. */
const rangesBeside = (
  object: WireObject,
  { limitRanges }: AdmissionCluster,
): readonly LimitRange[] => limitRanges.filter(({ namespace }) => namespace === namespaceIn(object))

/** The limits of each LimitRange of the object's namespace. */
const rangesFor = (
  object: WireObject,
  cluster: AdmissionCluster,
): readonly (readonly WireLimit[])[] =>
  rangesBeside(object, cluster).map(({ spec }) => spec.limits ?? [])

/**
 * The names of the LimitRanges without which a pod would not be refused as it is: with one of them
 * left out, the pod as it was sent gets no such default, or exceeds nothing.
 */
export const rangesInvolved = (
  pod: WirePod,
  refusalOf: (cluster: AdmissionCluster) => string | undefined,
  cluster: AdmissionCluster,
): readonly string[] => {
  const refusal = refusalOf(cluster)
  return rangesBeside(pod, cluster)
    .filter(
      (range) =>
        refusalOf({
          ...cluster,
          limitRanges: cluster.limitRanges.filter((one) => one !== range),
        }) !== refusal,
    )
    .map(({ name }) => name)
}

/** What is exceeded of the first LimitRange that is exceeded; the others are not looked at. */
const firstExceeded = (
  object: WireObject,
  cluster: AdmissionCluster,
  exceededOf: (limit: WireLimit) => readonly string[],
): readonly string[] =>
  rangesFor(object, cluster)
    .map((limits) => limits.flatMap(exceededOf))
    .find((found) => found.length > 0) ?? []

const filledBy = (
  pod: WirePod,
  { default: limits, defaultRequest: requests }: WireLimit,
): WirePod =>
  withSpec(pod, (spec) => {
    const container = (one: WireContainer): WireContainer => ({
      ...one,
      resources: {
        ...one.resources,
        limits: { ...limits, ...one.resources?.limits },
        requests: { ...requests, ...one.resources?.requests },
      },
    })
    return {
      ...spec,
      containers: (spec.containers ?? []).map(container),
      ...(spec.initContainers === undefined
        ? {}
        : { initContainers: spec.initContainers.map(container) }),
    }
  })

/** What a pod exceeds, each in the words of the API server. */
export const limitsExceeded = (pod: WirePod, cluster: AdmissionCluster): readonly string[] =>
  firstExceeded(pod, cluster, (limit) => {
    const { containers = [], initContainers = [] } = pod.spec ?? {}
    switch (limit.type) {
      case 'Container':
        return [...containers, ...initContainers].flatMap(({ resources = {} }) =>
          limitViolations(limit, resources.requests ?? {}, resources.limits ?? {}),
        )
      case 'Pod':
        return limitViolations(
          limit,
          podAmounts(pod.spec ?? {}, 'requests'),
          podAmounts(pod.spec ?? {}, 'limits'),
        )
      default:
        return []
    }
  })

/** What a claim exceeds. */
export const claimLimitsExceeded = (
  claim: WireObject,
  cluster: AdmissionCluster,
): readonly string[] =>
  firstExceeded(claim, cluster, (limit) => {
    if (limit.type !== 'PersistentVolumeClaim') return []
    const requests = (claim.spec as WireClaimSpec | undefined)?.resources?.requests ?? {}
    return [
      ...checkAmounts(limit.min, (name, text) => belowMin(limit, name, text, requests, {})),
      ...checkAmounts(limit.max, (name, text) => aboveMax(limit, name, text, requests, 'request')),
    ]
  })

/** The amounts of a pod: those of its containers together, replaced by its own. */
const podAmounts = (spec: WirePodSpec, list: 'requests' | 'limits'): WireAmounts => ({
  ...togetherOf(spec, list),
  ...Object.fromEntries(
    Object.entries(spec.resources?.[list] ?? {}).filter(([name]) => isPodLevel(name)),
  ),
})

const checkAmounts = (
  amounts: WireAmounts | undefined,
  check: (name: string, text: string) => string | undefined,
): readonly string[] =>
  Object.entries(amounts ?? {}).flatMap(([name, text]) => {
    const wrong = check(name, text)
    return wrong === undefined ? [] : [wrong]
  })

const limitViolations = (
  limit: WireLimit,
  requests: WireAmounts,
  limits: WireAmounts,
): readonly string[] => [
  ...checkAmounts(limit.min, (name, text) => belowMin(limit, name, text, requests, limits)),
  ...checkAmounts(
    limit.max,
    (name, text) =>
      aboveMax(limit, name, text, limits, 'limit') ??
      (amountNamed(requests, name) === undefined
        ? undefined
        : aboveMax(limit, name, text, requests, 'request')),
  ),
  ...checkAmounts(limit.maxLimitRequestRatio, (name, text) =>
    aboveRatio(limit, name, text, requests, limits),
  ),
]

const amountNamed = (amounts: WireAmounts, name: string): string | undefined =>
  Object.hasOwn(amounts, name) ? amounts[name] : undefined

const isAbove = (text: string, other: string): boolean => quantityOf(text) > quantityOf(other)

const belowMin = (
  { type = '' }: WireLimit,
  name: string,
  min: string,
  requests: WireAmounts,
  limits: WireAmounts,
): string | undefined => {
  const [request, limit] = [amountNamed(requests, name), amountNamed(limits, name)]
  const start = `minimum ${name} usage per ${type} is ${min}`
  if (request === undefined) return `${start}.  No request is specified`
  if (isAbove(min, request)) return `${start}, but request is ${request}`
  return limit !== undefined && isAbove(min, limit) ? `${start}, but limit is ${limit}` : undefined
}

const aboveMax = (
  { type = '' }: WireLimit,
  name: string,
  max: string,
  amounts: WireAmounts,
  what: 'request' | 'limit',
): string | undefined => {
  const amount = amountNamed(amounts, name)
  const start = `maximum ${name} usage per ${type} is ${max}`
  if (amount === undefined) return `${start}.  No ${what} is specified`
  return isAbove(amount, max) ? `${start}, but ${what} is ${amount}` : undefined
}

const aboveRatio = (
  { type = '' }: WireLimit,
  name: string,
  ratio: string,
  requests: WireAmounts,
  limits: WireAmounts,
): string | undefined => {
  const milli = (text: string | undefined): number =>
    text === undefined ? 0 : milliOf(quantityOf(text))
  const [request, limit] = [milli(amountNamed(requests, name)), milli(amountNamed(limits, name))]
  const start = `${name} max limit to request ratio per ${type} is ${ratio}`
  if (request === 0) return `${start}, but no request is specified or request is 0`
  if (limit === 0) return `${start}, but no limit is specified or limit is 0`
  return (limit / request) * 1000 > milli(ratio)
    ? `${start}, but provided ratio is ${(limit / request).toFixed(6)}`
    : undefined
}
