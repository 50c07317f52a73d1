/**
 * The sections of interned texts: words, dimensions, and the names of masks and columns, each in
 * the order of ids.
 */
import { addText, tableOf, type Table } from '../cluster/table.js'
import { commonDimensions } from '../rule/dimension.js'
import { shown } from '../rule/malformed.js'
import { putList, putText, type Sink } from './sink.js'
import { getList, getText, refuse, type Source } from './source.js'

/** Writes the texts of a table. */
export const putTexts = (sink: Sink, { texts }: Table): void =>
  putList(sink, texts, (text) => putText(sink, text))

/** Reads a table; `section` names it in a fault. */
export const getTexts = (source: Source, section: string): Table => {
  const table = tableOf([])
  source.place = [section]
  getList(source, (id) => {
    source.place = [section, id]
    const text = getText(source)
    if (table.ids.has(text)) refuse(source, { found: shown(text), expected: 'each only once' })
    addText(table, text)
  })
  return table
}

/**
 * Reads the dimensions. The common ones must come first, as rules and adapters rely on their ids.
 */
export const getDimensions = (source: Source): Table => {
  const table = getTexts(source, 'dimensions')
  const other = commonDimensions.findIndex((name, id) => table.texts[id] !== name)
  if (other < 0) return table
  source.place = ['dimensions', other]
  refuse(source, { found: shown(table.texts[other]), expected: commonDimensions[other]! })
  return table
}
