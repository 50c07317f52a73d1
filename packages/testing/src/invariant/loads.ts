/** Checks the invariant that the load of each node is the sum of what its replicas occupy. */
import { type View } from '@stowage/kernel'
import { picture } from '../picture/picture.js'
import { loadOf } from '../picture/canonical.js'
import { amountOf } from '../recipe/pairs.js'

/** A sentence for each node and dimension whose load is not the sum. */
export const loadsAddUp = (view: View): readonly string[] =>
  picture(view).nodes.flatMap(({ name, load, replicas }) => {
    const sums = loadOf(replicas)
    const dimensions = new Set([...load, ...sums].map(([dimension]) => dimension))
    return [...dimensions].flatMap((dimension) => {
      const [recorded, sum] = [amountOf(load, dimension), amountOf(sums, dimension)]
      return recorded === sum
        ? []
        : [`${name} says that it holds ${recorded} ${dimension}, and holds ${sum}`]
    })
  })
