/**
 * Numbers for texts. The same text gives the same number, in this cluster and all that come of it.
 */
import type { Column, Dimension, Mask, Word } from '../rule/id.js'
import { shown } from '../rule/malformed.js'
import { partsOf } from './cluster.js'
import { writable, type Draft } from './draft.js'
import { invariant } from './invariant.js'
import { addText } from './table.js'

/** The word for a text. */
export const word = (draft: Draft, text: string): Word => {
  assertText(text)
  return (partsOf(draft).words.ids.get(text) ?? addText(writable(draft, 'words'), text)) as Word
}

/** The dimension of a name: `cpu`, `memory` and `slots` are there from the start. */
export const dimension = (draft: Draft, name: string): Dimension => {
  assertText(name)
  return (partsOf(draft).dimensions.ids.get(name) ??
    addText(writable(draft, 'dimensions'), name)) as Dimension
}

/** The mask of a name; a new one holds no node. */
export const mask = (draft: Draft, name: string): Mask => {
  assertText(name)
  const known = partsOf(draft).given.masks.ids.get(name)
  if (known !== undefined) return known as Mask
  const given = writable(draft, 'given')
  given.members.push(new Set())
  return addText(given.masks, name) as Mask
}

/** The column of a name; a new one has 0 for every node. */
export const column = (draft: Draft, name: string): Column => {
  assertText(name)
  const known = partsOf(draft).given.columns.ids.get(name)
  if (known !== undefined) return known as Column
  const given = writable(draft, 'given')
  given.numbers.push(new Map())
  return addText(given.columns, name) as Column
}

/** Without types nothing else would tell of it before the text is read, which may be in another process. */
const assertText: (text: unknown) => void = (text) =>
  invariant(typeof text === 'string', `${shown(text)} is no text`)
