/**
 * Writes and reads the interned texts of a cluster: words, and the names of dimensions (resources),
 * masks (sets of nodes) and columns (a number per node). Each of these four kinds has a table, in
 * the order of the ids. The ids of texts that `forget` dropped are recorded, so that they are never
 * used again.
 */
import { addText, idsMax, tableOf, type Table } from '../cluster/table.js'
import { commonDimensions } from '../rule/dimension.js'
import { renderValue } from '../rule/malformed.js'
import { putText, putUnsigned, type Sink } from './sink.js'
import { getList, getText, getUnsigned, isSound, refuse, type Source } from './source.js'

/** Writes the texts of a table. */
export const putTexts = (sink: Sink, { texts, next }: Table): void => {
  putUnsigned(sink, texts.size)
  let after = 0
  for (const [id, text] of texts) {
    putUnsigned(sink, id - after)
    putText(sink, text)
    after = id + 1
  }
  putUnsigned(sink, next - after)
}

/** Reads a table; `section` names it in a fault. */
export const getTexts = (source: Source, section: string): Table => {
  const table = tableOf([])
  source.place = [section]
  getList(source, () => {
    skipIds(source, table)
    source.place = [section, table.next]
    const text = getText(source)
    if (table.ids.has(text))
      refuse(source, { found: renderValue(text), expected: 'each only once' })
    addText(table, text)
  })
  source.place = [section]
  skipIds(source, table)
  return table
}

/** Reads how many ids were forgotten, and gives none of them again. */
const skipIds = (source: Source, table: Table): void => {
  table.next += getUnsigned(source)
  if (table.next > idsMax)
    refuse(source, { found: `${table.next} ids`, expected: `at most ${idsMax}` })
}

/**
 * Reads the dimensions. The common ones must come first, as rules and adapters rely on their ids.
 */
export const getDimensions = (source: Source): Table => {
  const table = getTexts(source, 'dimensions')
  const other = commonDimensions.findIndex((name, id) => table.texts.get(id) !== name)
  if (other >= 0) {
    source.place = ['dimensions', other]
    refuse(source, {
      found: renderValue(table.texts.get(other)),
      expected: commonDimensions[other]!,
    })
  }
  if (isSound(source) && table.next > table.texts.size)
    refuse(source, { found: 'one that was forgotten', expected: 'all dimensions' })
  return table
}
