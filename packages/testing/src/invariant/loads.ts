/** *Loads add up*: what a node holds is the sum of what its replicas occupy, in every dimension. */
import { type View } from '@stowage/kernel'
import { picture } from '../picture/picture.js'
import { loadOf } from '../picture/settled.js'
import { amountOf } from '../recipe/pairs.js'

/** Each node and dimension whose load is not the sum; none when all is well. */
export const loadsAddUp = (view: View): readonly string[] =>
  picture(view).nodes.flatMap(({ name, load, replicas }) => {
    const sums = loadOf(replicas)
    const dimensions = new Set([...load, ...sums].map(([dimension]) => dimension))
    return [...dimensions].flatMap((dimension) => {
      const [said, is] = [amountOf(load, dimension), amountOf(sums, dimension)]
      return said === is ? [] : [`${name} says that it holds ${said} ${dimension}, and holds ${is}`]
    })
  })
