/**
 * Validates resource requests and limits as the API server does: names of resources, amounts, and
 * requests against limits. For example, an extended resource must be a whole number, with a request
 * equal to its limit.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" and "Manage
 * HugePages"; KEP-2837 (pod-level resources).
 */
import { isLabelKey } from '../words/label.js'
import { inMilli, milliOf, parseQuantity, type Quantity } from '../words/quantity.js'
import type { WireAmounts, WireResources } from '../wire/objects.js'
import { unless, type Cause, type Place } from './cause.js'

/** Where resources stand, which decides the names that they may have. */
export type Bearer = 'container' | 'pod'

/** The quantity of a canonical text. */
export const quantityOf = (text: string): Quantity => parseQuantity(text) ?? (0n as Quantity)

/** Whether the names of resources are huge pages. */
export const arePages = (name: string): boolean => name.startsWith('hugepages-')

/** Whether a name has a domain that is not one of Kubernetes. */
export const isExtendedName = (name: string): boolean =>
  name.includes('/') && !name.includes('kubernetes.io/') && !name.startsWith('requests.')

/** Whether more may be promised than a node has, so that a request may be below its limit. */
export const mayOvercommit = (name: string): boolean =>
  !name.includes('/') || name.includes('kubernetes.io/') ? !arePages(name) : false

/** Errors in requests and limits; `claims` are the names that `resources.claims` may use. */
export const wrongResources = (
  resources: WireResources | undefined,
  at: Place,
  bearer: Bearer = 'container',
  claims: readonly string[] = [],
): readonly Cause[] => {
  const { requests = {}, limits = {} } = resources ?? {}
  return [
    ...wrongAmounts(limits, [...at, 'limits'], bearer),
    ...wrongAmounts(requests, [...at, 'requests'], bearer).map((one) => ({
      ...one,
      isMinor: isEcho(one, requests, limits),
    })),
    ...Object.entries(requests).flatMap(([name, text]) => wrongRequest(name, text, limits, at)),
    ...lonelyPages({ ...limits, ...requests }, at),
    ...(resources?.claims ?? []).flatMap(({ name = '' }, i) =>
      unless(
        claims.includes(name),
        [...at, 'claims', i],
        name,
        'the name of one of spec.resourceClaims',
      ),
    ),
  ]
}

/** A request that equals its limit has the same errors. */
const isEcho = ({ at }: Cause, requests: WireAmounts, limits: WireAmounts): boolean => {
  const name = String(at[at.length - 1])
  return Object.hasOwn(limits, name) && limits[name] === requests[name]
}

/** Errors in amounts alone, as of an overhead. */
export const wrongAmounts = (
  amounts: WireAmounts,
  at: Place,
  bearer: Bearer = 'container',
): readonly Cause[] =>
  Object.entries(amounts).flatMap(([name, text]) => {
    const where = [...at, { key: name }]
    const named =
      bearer === 'pod' ? wrongPodResource(name, where) : wrongContainerResource(name, where)
    return named.length > 0 ? named : wrongQuantity(name, text, where)
  })

const standardResources = ['cpu', 'memory', 'ephemeral-storage']
const expectedName = `${standardResources.join(', ')}, hugepages-SIZE, or a name with a domain`

/** Errors in the name of a container's resource. */
export const wrongContainerResource = (name: string, at: Place): readonly Cause[] =>
  unless(isContainerResource(name), at, name, expectedName)

/** Extended resources must also be valid names of quotas, `requests.` in front of them. */
const isContainerResource = (name: string): boolean =>
  isLabelKey(name) &&
  (name.includes('/')
    ? name.includes('kubernetes.io/') || (isExtendedName(name) && isLabelKey(`requests.${name}`))
    : standardResources.includes(name) || arePages(name))

const wrongPodResource = (name: string, at: Place): readonly Cause[] =>
  unless(
    name === 'cpu' || name === 'memory' || (arePages(name) && isLabelKey(name)),
    at,
    name,
    'one of cpu, memory, hugepages-SIZE, as a pod has no other resources of its own',
  )

const wrongQuantity = (name: string, text: string, at: Place): readonly Cause[] => {
  const quantity = quantityOf(text)
  return [
    ...unless(quantity >= 0n, at, text, 'a quantity of 0 or more'),
    ...unless(
      mayOvercommit(name) || arePages(name) || milliOf(quantity) % 1000 === 0,
      at,
      text,
      'a whole number',
    ),
    ...unless(
      !arePages(name) || isMultiple(name, quantity),
      at,
      text,
      `a multiple of ${name.slice('hugepages-'.length)}`,
    ),
  ]
}

const isMultiple = (name: string, quantity: Quantity): boolean => {
  const size = parseQuantity(name.slice('hugepages-'.length))
  return size !== undefined && size > 0n && inMilli(quantity) % size === 0n
}

/**
 * A request of what cannot be overcommitted, such as an extended resource, equals its limit; any
 * other is at most its limit. A request equal to its limit has no error of its own.
 */
const wrongRequest = (
  name: string,
  text: string,
  limits: WireAmounts,
  at: Place,
): readonly Cause[] => {
  const limit = Object.hasOwn(limits, name) ? limits[name] : undefined
  const where = [...at, 'requests', { key: name }]
  if (limit === undefined)
    return unless(mayOvercommit(name), where, text, 'a limit beside it', [...at, 'limits'])
  const [request, most] = [quantityOf(text), quantityOf(limit)]
  const field = [...at, 'requests']
  return request < most
    ? unless(mayOvercommit(name), where, text, `as much as its limit, ${limit}`, field)
    : unless(request === most, where, text, `at most its limit, ${limit}`, field)
}

const lonelyPages = (amounts: WireAmounts, at: Place): readonly Cause[] => {
  const names = Object.keys(amounts)
  return unless(
    !names.some(arePages) || names.includes('cpu') || names.includes('memory'),
    at,
    names.filter(arePages).join(', '),
    'cpu or memory beside it',
  )
}
