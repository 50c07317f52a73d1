/**
 * Converts the attributes of a kernel node, which are interned words, back to texts: a map from
 * keys to values.
 */
import { wordText, type NodeSpec, type View } from '@stowage/kernel'
import * as O from 'fp-ts/lib/Option.js'

/** The key of the availability zone of an instance. */
export const zoneKey = 'attribute:ecs.availability-zone'

/** The texts of the attributes of a node, by the texts of their keys. */
export const attributeTexts = (view: View, { attributes }: NodeSpec): ReadonlyMap<string, string> =>
  new Map(
    attributes.flatMap(([key, value]) => {
      const [name, text] = [wordText(view, key), wordText(view, value)]
      return O.isSome(name) && O.isSome(text) ? [[name.value, text.value] as const] : []
    }),
  )
