/**
 * Numbers for texts. The same text gives the same number, in this cluster and all that come of it.
 */
import type { Column, Dimension, Mask, Word } from '../rule/id.js'
import { partsOf } from './cluster.js'
import { writable, type Draft } from './draft.js'
import { addText } from './table.js'

/** The word for a text. */
export const word = (draft: Draft, text: string): Word =>
  (partsOf(draft).words.ids.get(text) ?? addText(writable(draft, 'words'), text)) as Word

/** The dimension of a name: `cpu`, `memory` and `slots` are there from the start. */
export const dimension = (draft: Draft, name: string): Dimension =>
  (partsOf(draft).dimensions.ids.get(name) ??
    addText(writable(draft, 'dimensions'), name)) as Dimension

/** The mask of a name; a new one holds no node. */
export const mask = (draft: Draft, name: string): Mask => {
  const known = partsOf(draft).given.masks.ids.get(name)
  if (known !== undefined) return known as Mask
  const given = writable(draft, 'given')
  given.members.push(new Set())
  return addText(given.masks, name) as Mask
}

/** The column of a name; a new one has 0 for every node. */
export const column = (draft: Draft, name: string): Column => {
  const known = partsOf(draft).given.columns.ids.get(name)
  if (known !== undefined) return known as Column
  const given = writable(draft, 'given')
  given.numbers.push(new Map())
  return addText(given.columns, name) as Column
}
