/**
 * Implements a table of interned texts, from id to text and back. An id keeps its meaning in all
 * later clusters: it names the same text, or nothing once that text was forgotten.
 */
/** The texts by id, ids rising, and the ids by text. `next` is the id of the next text. */
export interface Table {
  readonly texts: Map<number, string>
  readonly ids: Map<string, number>
  next: number
}

/**
 * So many ids a table gives at most. Ids are 32-bit integers, so that typed arrays can hold them.
 */
export const idsMax = 1_073_741_824

/** A table of these texts, in order. */
export const tableOf = (texts: readonly string[]): Table => ({
  texts: new Map(texts.entries()),
  ids: new Map(texts.map((text, id) => [text, id])),
  next: texts.length,
})

/** A copy that can be written to. */
export const copyTable = ({ texts, ids, next }: Table): Table => ({
  texts: new Map(texts),
  ids: new Map(ids),
  next,
})

/** Adds a text that is not in the table yet, and returns its id. */
export const addText = (table: Table, text: string): number => {
  const id = table.next++
  table.texts.set(id, text)
  table.ids.set(text, id)
  return id
}

/** Removes a text that is in the table. Its id is never given again. */
export const dropText = (table: Table, id: number): void => {
  table.ids.delete(table.texts.get(id)!)
  table.texts.delete(id)
}
