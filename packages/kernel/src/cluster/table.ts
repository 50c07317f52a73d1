/**
 * A table of interned texts. It only grows, so an id means the same in every later cluster.
 */
/** The texts by id and the ids by text. */
export interface Table {
  readonly texts: string[]
  readonly ids: Map<string, number>
}

/** A table of these texts, in order. */
export const tableOf = (texts: readonly string[]): Table => ({
  texts: [...texts],
  ids: new Map(texts.map((text, id) => [text, id])),
})

/** A copy that can be written to. */
export const copyTable = (table: Table): Table => ({
  texts: table.texts.slice(),
  ids: new Map(table.ids),
})

/** Adds a text that is not in the table yet, and returns its id. */
export const addText = (table: Table, text: string): number => {
  const id = table.texts.length
  table.texts.push(text)
  table.ids.set(text, id)
  return id
}
