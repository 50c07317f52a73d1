/**
 * Computes a pod's total requests or limits from its containers. For each resource, the total is
 * the larger of two amounts:
 * 1. the sum over all containers and sidecars, which run together after initialization;
 * 2. the most that is needed during initialization: an init container runs together with the
 *    sidecars that started before it.
 *
 * Source: Kubernetes documentation, "Init Containers" and "Sidecar Containers" (resource sharing).
 */
import { add, larger, parseQuantity, zero, type Quantity } from '../words/quantity.js'
import { quantityLike } from './canonical.js'
import type { WireAmounts, WireContainer, WirePodSpec } from './objects.js'

type AmountList = 'requests' | 'limits'

/** The sums by resource name. */
export const togetherOf = (
  { containers = [], initContainers = [] }: WirePodSpec,
  list: AmountList,
): WireAmounts => {
  let sidecars: WireAmounts = {}
  let starting: WireAmounts = {}
  for (const container of initContainers) {
    const beside = mergedAmounts(amountsOf(container, list), sidecars, add)
    if (container.restartPolicy === 'Always') sidecars = beside
    starting = mergedAmounts(starting, beside, larger)
  }
  const running = containers.reduce(
    (sum, container) => mergedAmounts(sum, amountsOf(container, list), add),
    sidecars,
  )
  return mergedAmounts(running, starting, larger)
}

const amountsOf = ({ resources }: WireContainer, list: AmountList): WireAmounts =>
  resources?.[list] ?? {}

/** Combines amounts resource by resource; an absent resource counts as zero. */
export const mergedAmounts = (
  one: WireAmounts,
  other: WireAmounts,
  merge: (a: Quantity, b: Quantity) => Quantity,
): WireAmounts =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
      const [a, b] = [textIn(one, name), textIn(other, name)]
      const sum = merge(quantityIn(a), quantityIn(b))
      return [name, quantityLike(sum, (sum === quantityIn(b) ? (b ?? a) : a) ?? '')]
    }),
  )

const textIn = (amounts: WireAmounts, name: string): string | undefined =>
  Object.hasOwn(amounts, name) ? amounts[name] : undefined

const quantityIn = (text: string | undefined): Quantity =>
  text === undefined ? zero : (parseQuantity(text) ?? zero)
