/**
 * Checks the requests and limits of containers as the API server does at admission: for resource
 * names that do not exist, and for amounts that are not allowed.
 *
 * Source: Kubernetes documentation, "Resource Management for Pods and Containers" (extended
 * resources: whole numbers, the request equal to the limit) and "Manage HugePages".
 */
import type { Malformed } from '@stowage/kernel'
import type { Amounts } from '../words/amounts.js'
import type { Resources } from '../words/container.js'
import { isLabelKey } from '../words/label.js'
import type { PodSpec } from '../words/pod.js'
import { milliOf } from '../words/quantity.js'
import { unless, type At } from './unless.js'

/** Errors in the requests and limits of all containers. */
export const wrongResources = (spec: PodSpec, at: At): readonly Malformed[] =>
  (['initContainers', 'containers'] as const).flatMap((list) =>
    spec[list].flatMap(({ resources }, i) =>
      wrongContainerResources(resources, [...at, list, i, 'resources']),
    ),
  )

const wrongContainerResources = (resources: Resources, at: At): readonly Malformed[] => [
  ...wrongAmounts(resources.limits, [...at, 'limits']),
  // A request that equals its limit was checked with the limits.
  ...wrongAmounts(differing(resources), [...at, 'requests']),
  ...unlimited(resources, at),
  ...lonelyPages(resources, at),
]

const differing = ({ requests, limits }: Resources): Amounts =>
  new Map([...requests].filter(([name, { text }]) => limits.get(name)?.text !== text))

const wrongAmounts = (amounts: Amounts, at: At): readonly Malformed[] =>
  [...amounts].flatMap(([name, { text, quantity }]) => {
    const named = unless(isResource(name), [...at, name], name, expectedName)
    if (named.length > 0 || !hasForeignDomain(name)) return named
    return unless(milliOf(quantity) % 1000 === 0, [...at, name], text, 'a whole number')
  })

const standardResources = ['cpu', 'memory', 'ephemeral-storage']
const expectedName = `${standardResources.join(', ')}, hugepages-SIZE, or a name with a domain`

const arePages = (name: string): boolean => name.startsWith('hugepages-')

/** Whether a name has a domain that is not one of Kubernetes. */
const hasForeignDomain = (name: string): boolean =>
  name.includes('/') && !name.includes('kubernetes.io/')

/**
 * A quota puts `requests.` before the name of an extended resource, so that must be a name, too.
 */
const isResource = (name: string): boolean => {
  if (!name.includes('/'))
    return standardResources.includes(name) || (arePages(name) && isLabelKey(name))
  if (!isLabelKey(name)) return false
  return (
    !hasForeignDomain(name) || (!name.startsWith('requests.') && isLabelKey(`requests.${name}`))
  )
}

/** Extended resources and huge pages cannot be overcommitted: the limit must equal the request. */
const unlimited = ({ requests, limits }: Resources, at: At): readonly Malformed[] =>
  [...requests].flatMap(([name, { text, quantity }]) => {
    if (!hasForeignDomain(name) && !arePages(name)) return []
    const limit = limits.get(name)
    const expected =
      limit === undefined ? 'a limit beside it' : `as much as its limit, ${limit.text}`
    // A request above its limit is an error of every resource and is reported elsewhere.
    const isEqual = limit !== undefined && quantity >= limit.quantity
    return unless(isEqual, [...at, 'requests', name], text, expected)
  })

const lonelyPages = ({ requests }: Resources, at: At): readonly Malformed[] => {
  const names = [...requests.keys()]
  return unless(
    !names.some(arePages) || names.includes('cpu') || names.includes('memory'),
    at,
    names.filter(arePages).join(', '),
    'cpu or memory beside it',
  )
}
