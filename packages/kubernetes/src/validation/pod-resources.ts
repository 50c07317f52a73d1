/**
 * Validates the pod-level resources of a pod: its requests cover those of its containers, and no
 * container may use more than the pod.
 *
 * Source: KEP-2837, pod-level resources.
 */
import { togetherOf } from '../wire/together.js'
import type { WireAmounts, WirePodSpec } from '../wire/objects.js'
import { unless, type Cause, type Place } from './cause.js'
import { arePages, quantityOf, wrongResources } from './resources.js'

/** Errors in a pod's own resources. */
export const wrongPodResources = (spec: WirePodSpec, at: Place): readonly Cause[] => {
  const { resources, containers = [] } = spec
  if (resources === undefined) return []
  const where = [...at, 'resources']
  const { requests = {}, limits = {} } = resources
  return [
    ...unless(
      resources.claims === undefined,
      [...where, 'claims'],
      resources.claims,
      'nothing, as a pod has no claims of its own',
    ),
    ...wrongResources({ requests, limits }, where, 'pod'),
    ...coverageCauses(requests, togetherOf(spec, 'requests'), 'requests', where),
    ...coverageCauses(limits, pagesIn(togetherOf(spec, 'limits')), 'limits', where),
    ...containers.flatMap((container, i) =>
      Object.entries(container.resources?.limits ?? {}).flatMap(([name, text]) => {
        const most = ownAmount(limits, name)
        return unless(
          most === undefined || quantityOf(text) <= quantityOf(most),
          [...at, 'containers', i, 'resources', 'limits', { key: name }],
          text,
          `at most the limit of the pod, ${most ?? ''}`,
          [...where, 'containers', i, { key: name }, 'limits'],
        )
      }),
    ),
  ]
}

const ownAmount = (amounts: WireAmounts, name: string): string | undefined =>
  Object.hasOwn(amounts, name) ? amounts[name] : undefined

const pagesIn = (amounts: WireAmounts): WireAmounts =>
  Object.fromEntries(Object.entries(amounts).filter(([name]) => arePages(name)))

const coverageCauses = (
  amounts: WireAmounts,
  together: WireAmounts,
  list: 'requests' | 'limits',
  at: Place,
): readonly Cause[] =>
  Object.entries(together).flatMap(([name, text]) => {
    const amount = ownAmount(amounts, name)
    return unless(
      amount === undefined || quantityOf(text) <= quantityOf(amount),
      [...at, list, { key: name }],
      amount,
      `at least the ${list} of its containers, ${text}`,
    )
  })
