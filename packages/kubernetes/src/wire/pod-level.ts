/**
 * Fills in the resources of a pod as a whole:
 * 1. Limits of huge pages are those of the containers.
 * 2. Requests are those of the containers, or else the pod's limits.
 * 3. Limits are the larger of the pod's request and the containers' limits, where every container
 *    has one.
 *
 * Source: KEP-2837, pod-level resources; Kubernetes 1.37, gate PodLevelResourcesFixDefaulting.
 */
import { larger } from '../words/quantity.js'
import type { WireAmounts, WirePodSpec } from './objects.js'
import { mergedAmounts, togetherOf } from './together.js'

const isPageName = (name: string): boolean => name.startsWith('hugepages-')

/** Whether a pod may have an amount of this resource of its own. */
export const isPodLevel = (name: string): boolean =>
  name === 'cpu' || name === 'memory' || isPageName(name)

const amountsWhere = (amounts: WireAmounts, keeps: (name: string) => boolean): WireAmounts =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => keeps(name)))

/**
 * The spec with complete resources of the pod; unchanged where it has none. This happens after all
 * plugins have seen the pod, so that the defaults of a namespace count.
 */
export const withPodResources = (spec: WirePodSpec): WirePodSpec => {
  const { requests = {}, limits = {} } = spec.resources ?? {}
  if (Object.keys(requests).length + Object.keys(limits).length === 0) return spec
  const together = togetherOf(spec, 'limits')
  const paged = {
    ...amountsWhere(together, (name) => isPageName(name) && !Object.hasOwn(requests, name)),
    ...limits,
  }
  const requested = {
    ...amountsWhere(paged, isPodLevel),
    ...amountsWhere(togetherOf(spec, 'requests'), (name) => name === 'cpu' || name === 'memory'),
    ...requests,
  }
  const open = amountsWhere(
    requested,
    (name) => isPodLevel(name) && !Object.hasOwn(paged, name) && isLimited(spec, name),
  )
  const limited = {
    ...mergedAmounts(
      open,
      amountsWhere(together, (name) => Object.hasOwn(open, name)),
      larger,
    ),
    ...paged,
  }
  return {
    ...spec,
    resources: {
      ...spec.resources,
      ...(Object.keys(requested).length === 0 ? {} : { requests: requested }),
      ...(Object.keys(limited).length === 0 ? {} : { limits: limited }),
    },
  }
}

/** Whether every container has a limit of the resource. */
const isLimited = ({ containers = [], initContainers = [] }: WirePodSpec, name: string): boolean =>
  [...containers, ...initContainers].every(({ resources }) =>
    Object.hasOwn(resources?.limits ?? {}, name),
  )
