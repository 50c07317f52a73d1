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
import { formatOf, quantityText, type Format } from './canonical.js'
import type { WireAmounts, WireContainer, WirePodSpec } from './objects.js'

type AmountList = 'requests' | 'limits'

/** An amount with the format in which it is written. */
type WrittenAmount = { readonly size: Quantity; readonly format: Format }
type WrittenAmounts = Readonly<Record<string, WrittenAmount>>
type Merge = (a: Quantity, b: Quantity) => Quantity

/**
 * The sums by resource name. A sum is written in the format of its first amount that is not 0, so
 * the order of adding is that of upstream, and no sum is written before it is complete.
 */
export const togetherOf = (
  { containers = [], initContainers = [] }: WirePodSpec,
  list: AmountList,
): WireAmounts => {
  let running = containers.reduce<WrittenAmounts>(
    (sum, container) => combine(sum, amountsOf(container, list), add),
    {},
  )
  let sidecars: WrittenAmounts = {}
  let starting: WrittenAmounts = {}
  for (const container of initContainers) {
    const own = amountsOf(container, list)
    const isSidecar = container.restartPolicy === 'Always'
    if (isSidecar) {
      running = combine(running, own, add)
      sidecars = combine(sidecars, own, add)
    }
    starting = combine(starting, isSidecar ? sidecars : combine(own, sidecars, add), larger)
  }
  return textsOf(combine(running, starting, larger))
}

const amountsOf = ({ resources }: WireContainer, list: AmountList): WrittenAmounts =>
  amountsIn(resources?.[list] ?? {})

/**
 * Combines amounts resource by resource; an absent resource counts as zero. The result has the
 * format of the first amount, unless it equals only the second.
 */
export const mergedAmounts = (one: WireAmounts, other: WireAmounts, merge: Merge): WireAmounts =>
  textsOf(combine(amountsIn(one), amountsIn(other), merge))

const combine = (one: WrittenAmounts, other: WrittenAmounts, merge: Merge): WrittenAmounts =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((name) => {
      const a = Object.hasOwn(one, name) ? one[name] : undefined
      const b = Object.hasOwn(other, name) ? other[name] : undefined
      const size = merge(a?.size ?? zero, b?.size ?? zero)
      const isOther = size !== a?.size && size === b?.size
      return [name, { size, format: ((isOther ? b : a) ?? b)?.format ?? 'decimal' }]
    }),
  )

const amountsIn = (amounts: WireAmounts): WrittenAmounts =>
  Object.fromEntries(
    Object.entries(amounts).map(([name, text]) => [
      name,
      { size: parseQuantity(text) ?? zero, format: formatOf(text) },
    ]),
  )

const textsOf = (amounts: WrittenAmounts): WireAmounts =>
  Object.fromEntries(
    Object.entries(amounts).map(([name, { size, format }]) => [name, quantityText(size, format)]),
  )
