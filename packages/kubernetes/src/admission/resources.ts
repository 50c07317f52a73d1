/**
 * What the API server refuses in the resources of a container: names that are none, and amounts
 * that can not be had.
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

export const wrongResources = (spec: PodSpec, at: At): readonly Malformed[] =>
  (['initContainers', 'containers'] as const).flatMap((list) =>
    spec[list].flatMap(({ resources }, i) =>
      wrongContainerResources(resources, [...at, list, i, 'resources']),
    ),
  )

const wrongContainerResources = (resources: Resources, at: At): readonly Malformed[] => [
  ...wrongAmounts(resources.limits, [...at, 'limits']),
  // What was requested by its limit alone was found there.
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

/** Outside the domain of Kubernetes. */
const hasForeignDomain = (name: string): boolean =>
  name.includes('/') && !name.includes('kubernetes.io/')

/**
 * Quotas put `requests.` before the name of an extended resource, so that has to be a name, too.
 */
const isResource = (name: string): boolean => {
  if (!name.includes('/'))
    return standardResources.includes(name) || (arePages(name) && isLabelKey(name))
  if (!isLabelKey(name)) return false
  return (
    !hasForeignDomain(name) || (!name.startsWith('requests.') && isLabelKey(`requests.${name}`))
  )
}

/** What can not be shared beyond what is there is limited to what is requested. */
const unlimited = ({ requests, limits }: Resources, at: At): readonly Malformed[] =>
  [...requests].flatMap(([name, { text, quantity }]) => {
    if (!hasForeignDomain(name) && !arePages(name)) return []
    const limit = limits.get(name)
    const expected =
      limit === undefined ? 'a limit beside it' : `as much as its limit, ${limit.text}`
    // Above the limit is found as it is of every resource.
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
