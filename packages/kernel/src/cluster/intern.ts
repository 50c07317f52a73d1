/**
 * Numbers for texts. The same text gives the same number, in this cluster and all that come of it.
 */
import type { ColumnId, DimensionId, MaskId, WordId } from '../rule/id.js'
import { shown } from '../rule/malformed.js'
import { stateOf } from './cluster.js'
import { writable, type Draft } from './draft.js'
import { invariant } from './invariant.js'
import { addText } from './table.js'

/** The word for a text. */
export const internWord = (draft: Draft, text: string): WordId => {
  assertText(text)
  return (stateOf(draft).words.ids.get(text) ?? addText(writable(draft, 'words'), text)) as WordId
}

/** The dimension of a name: `cpu`, `memory` and `slots` are there from the start. */
export const internDimension = (draft: Draft, name: string): DimensionId => {
  assertText(name)
  return (stateOf(draft).dimensions.ids.get(name) ??
    addText(writable(draft, 'dimensions'), name)) as DimensionId
}

/** The mask of a name; a new one holds no node. */
export const internMask = (draft: Draft, name: string): MaskId => {
  assertText(name)
  const known = stateOf(draft).given.masks.ids.get(name)
  if (known !== undefined) return known as MaskId
  const given = writable(draft, 'given')
  given.members.push(new Set())
  return addText(given.masks, name) as MaskId
}

/** The column of a name; a new one has 0 for every node. */
export const internColumn = (draft: Draft, name: string): ColumnId => {
  assertText(name)
  const known = stateOf(draft).given.columns.ids.get(name)
  if (known !== undefined) return known as ColumnId
  const given = writable(draft, 'given')
  given.numbers.push(new Map())
  return addText(given.columns, name) as ColumnId
}

/**
 * Without types nothing else would tell of it before the text is read, which may be in another
 * process.
 */
const assertText: (text: unknown) => void = (text) =>
  invariant(typeof text === 'string', `${shown(text)} is no text`)
