/**
 * Interns texts: maps them to small integers. The same text has the same number in this cluster and
 * in all clusters that are made from it, until the text is forgotten.
 */
import type { ColumnId, DimensionId, MaskId, WordId } from '../rule/id.js'
import { renderValue } from '../rule/malformed.js'
import { draftState, writable, type Draft } from './draft.js'
import { invariant } from './invariant.js'
import { addText } from './table.js'

/** The word of a text: an attribute key, an attribute value or a fact. */
export const internWord = (draft: Draft, text: string): WordId => {
  assertText(text)
  return (draftState(draft).words.ids.get(text) ??
    addText(writable(draft, 'words'), text)) as WordId
}

/** The dimension of a name. `cpu`, `memory` and `slots` exist from the start. */
export const internDimension = (draft: Draft, name: string): DimensionId => {
  assertText(name)
  return (draftState(draft).dimensions.ids.get(name) ??
    addText(writable(draft, 'dimensions'), name)) as DimensionId
}

/** The mask of a name. A new mask holds no node. */
export const internMask = (draft: Draft, name: string): MaskId => {
  assertText(name)
  const id = draftState(draft).inputs.masks.ids.get(name)
  if (id !== undefined) return id as MaskId
  const inputs = writable(draft, 'inputs')
  const mask = addText(inputs.masks, name) as MaskId
  inputs.members.set(mask, new Set())
  return mask
}

/** The column of a name. A new column is 0 for every node. */
export const internColumn = (draft: Draft, name: string): ColumnId => {
  assertText(name)
  const id = draftState(draft).inputs.columns.ids.get(name)
  if (id !== undefined) return id as ColumnId
  const inputs = writable(draft, 'inputs')
  const column = addText(inputs.columns, name) as ColumnId
  inputs.numbers.set(column, new Map())
  return column
}

/**
 * Throws for what is no text: callers without types would otherwise see the error only when the
 * text is read, perhaps in another process.
 */
const assertText: (text: unknown) => void = (text) =>
  invariant(typeof text === 'string', `${renderValue(text)} is no text`)
