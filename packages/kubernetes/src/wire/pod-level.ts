/**
 * Fills in what is missing in a pod-level resource list (`spec.resources` of a pod):
 * 1. A limit of huge pages is the total of the containers' limits.
 * 2. A request is the total of the containers' requests or, if they have none, the pod's limit.
 * 3. Any other limit is the total of the containers' limits, or the pod's request if that is
 *    larger. It is filled in only if every container has a limit.
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
      amountsWhere(together, (name) => Object.hasOwn(open, name)),
      open,
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
