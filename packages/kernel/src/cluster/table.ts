/**
 * Interning: texts to small integers and back. A table only grows, so an id once given means the
 * same in every later version.
 */
export interface Table {
  readonly texts: string[]
  readonly ids: Map<string, number>
}

export const tableOf = (texts: readonly string[]): Table => ({
  texts: [...texts],
  ids: new Map(texts.map((text, id) => [text, id])),
})

export const copyTable = (table: Table): Table => ({
  texts: table.texts.slice(),
  ids: new Map(table.ids),
})

/** Adds a text that the table does not hold yet. */
export const addText = (table: Table, text: string): number => {
  const id = table.texts.length
  table.texts.push(text)
  table.ids.set(text, id)
  return id
}
