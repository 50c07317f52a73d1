/**
 * Checks the invariant that no node holds more than its capacity. The invariant holds under two
 * conditions:
 *
 * 1. Each class (a workload as the scheduler sees it) has a *fit* filter that demands everything
 *    that its replicas occupy.
 * 2. No replica is put on a node by `bind`, because `bind` may exceed the capacity.
 */
import { type View } from '@stowage/kernel'
import { picture } from '../picture/picture.js'
import { amountOf } from '../recipe/pairs.js'

/** A sentence for each node and dimension that holds too much. */
export const nothingOverfull = (view: View): readonly string[] =>
  picture(view).nodes.flatMap(({ name, capacity, load }) =>
    load.flatMap(([dimension, amount]) => {
      const most = amountOf(capacity, dimension)
      return amount <= most ? [] : [`${name} has ${most} ${dimension}, and holds ${amount}`]
    }),
  )
