/**
 * *Nothing is overfull*: no node holds more than it has. True of what was placed by classes whose
 * *fit* asks for all that they occupy; what was bound by hand may exceed.
 */
import { type View } from '@stowage/kernel'
import { picture } from '../picture/picture.js'
import { amountOf } from '../recipe/pairs.js'

/** Each node and dimension that holds too much; none when all is well. */
export const nothingOverfull = (view: View): readonly string[] =>
  picture(view).nodes.flatMap(({ name, capacity, load }) =>
    load.flatMap(([dimension, amount]) => {
      const most = amountOf(capacity, dimension)
      return amount <= most ? [] : [`${name} has ${most} ${dimension}, and holds ${amount}`]
    }),
  )
